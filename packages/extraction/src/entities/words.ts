const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** First names common in English and Spanish news: they open a person's name. */
export const givenNames = set(`
aaron abel abigail abraham adam adan adolfo adrian adriana agustin aida airan al alan alba albert alberto alejandra
alejandro alex alexander alexandra alexis alfonso alfred alfredo alice alicia alirio alvaro alvin amanda amelia amy ana anabel
andrea andreina andres andrew andy angel angela angelica anita ann anna anne anthony antonia antonio antony april aracelis ariana ariel
armando arthur arturo ashley astrid augusto aura aurora barack barbara beatriz belkis ben benjamin bernardo bernie bertha
betty bill blanca bob bolivar brad brandon brenda brian brittney bruce bruno camila camilo carla carlos carmen carol
carolina caroline carolyn catalina catherine cecilia cesar charles charlie chelsea chris christian christina christine christopher
cilia cindy clara clarice claudia claudio clemente colin consuelo corina craig cristian cristina cristobal cynthia daisy damian dan
daniel daniela danny dario dave david deborah delcy delia delsa denis dennis dennysse derek desiree diana diane diego dina
diosdado domenica dominic don donald donna doris dorothy douglas duncan eddie edgar edison edmundo eduardo edward edwin efrain
elena elias elisa elizabeth ellen elliott elsa elvis emilia emilio emily emma emmanuel enrique eric erica erik erika ernesto ernest
esteban esther eugene eugenia eugenio eva evan evelyn fabian fabiana fabiola federico felipe felix fernanda fernando
florencia frances francis francisco franco frank frankie franklin fred freddy frederick gabriel gabriela gail gary gene geoffrey
george georgina gerald gerardo german gilbert gilberto gina gisela giuseppe gladys glenn gloria gonzalo gordon grace greg gregorio gregory guillermo
gustavo guy haley hannah harold harry hector heidi helen helena henrique henry herbert hernan hilda horacio howard hugo ian
ignacio ines inigo irene iris irma isaac isabel isabella isaias ismael israel ivan ivonne jack jackie jackson jacob jacqueline
jaime jair jake james jamie jan jane janet janice jason javier jay jean jeff jeffrey jen jennifer jenny jeremias jeremy jerrel jerry jesse
jessica jesus jill jim jimmy joan joana joaquin joe joel john johnny jon jonathan jordan jorge jose joseph josefina josh joshua joy
juan juana juanita judith judy julia julian juliana julie juliet julieta julio justin kamala karen karina karim karl karla karoline kate
katherine kathleen kathy katie keith kelly ken kenneth kevin kim kimberly kristen kurt kyle larry laura lauren laurence
lawrence leandro lee leo leon leonard leonardo leonor leopoldo leslie lester leticia lidia lilia lilian liliana lina linda lisa
liz lloyd lorena lorenzo louis louise lourdes lucas lucia luciano lucy luis luisa luke luz lydia lynn magaly maggie manuel manuela marc marcela
marcelo marco marcos margaret margarita maria marian mariana mariano maribel marie mariela marilyn marina mario marisol mark marlene marta
martha martin mary mateo matias matt matthew maureen mauricio max maximiliano megan melanie melissa mercedes michael michelle mickey miguel mike mildred milagros
miranda mireya miriam mitch moises monica morgan nancy naomi natalia natalie nathan nayib ned neil nelson nestor nicholas nick nicole nicolas
nidia nina noah noel nora norma octavio ofelia olga oliver olivia omar orlando oscar osman osmel oswaldo pablo paloma pam pamela paola patricia
patricio patrick paul paula pauline pedro penny pete peter phil philip phyllis pilar rachel rafael rafaela ralph ramiro ramon randy raquel raul
ray raymond rebeca rebecca reinaldo renata rene renzo ricardo richard rick rita robert roberta roberto robin rocio rodolfo rodrigo roger
rogelio roland rolando ron ronald rosa rosalia rosario rose rosemary rosvelin roxana roy ruben rusell russell ruth ryan sabrina sally salvador sam samantha
samuel sandra santiago sara sarah saul savoi scott sean sebastian sergio sharon sheila shirley silvia silvina simon simone sofia sol sonia
stacy stella stephanie stephen steve steven stuart sue susan susana sylvia tamara tania tarek tatiana ted teodoro teresa terry
thamara theodore theresa thomas tiffany tim timothy tina todd tom tomas tomeu tony tracy travis trevor tyler valentina valeria
vanessa veronica vicente victor victoria vincent violeta virginia vivian vladimir walter wanda wendy wilbert wilfredo will william
wilmer wilson xavier ximena xiomara yadira yamile yanet yaneth yesenia yolanda yorman yvan yvette yvonne zachary zulay zulma`);

/** What a person is called before the name: an office, a trade, a relation. */
export const roleWords = set(`
mr mrs ms miss dr sir lord lady president vice expresident premier minister secretary senator sen congressman congresswoman
representative rep governor gov mayor judge justice magistrate prosecutor attorney lawyer counsel ambassador envoy diplomat
general gen colonel col captain capt lieutenant lt sergeant sgt admiral commander officer corporal marine veteran chief director chairman
chairwoman chair ceo executive manager spokesman spokeswoman spokesperson adviser advisor analyst economist professor prof
activist reporter journalist correspondent author writer historian pastor priest bishop cardinal pope king queen prince
princess leader lawmaker deputy commissioner negotiator dictator strongman tycoon businessman businesswoman financier
brother brothers sister sisters son sons daughter daughters wife husband father mother widow uncle aunt nephew cousin stepson
sr sra srta don dona senor senora presidente presidenta vicepresidente vicepresidenta expresidente ministro ministra exministro canciller
secretario secretaria senador senadora diputado diputada exdiputado gobernador gobernadora alcalde alcaldesa juez jueza magistrado magistrada fiscal
abogado abogada embajador embajadora enviado diplomatico coronel capitan capitana teniente sargento almirante comandante jefe
director directora gerente ejecutivo exejecutivo directivo exdirectivo portavoz vocero vocera asesor asesora analista economista profesor
profesora activista periodista corresponsal escritor escritora pastor obispo cardenal papa rey lider opositor opositora dirigente
dictador empresario empresaria hermano hermana hijo hija esposa esposo padre madre viuda tio tia sobrino sobrina primo prima
hijastro estadounidense exmilitar exmarine doctor doctora ingeniero ingeniera detenido detenida preso presa`);

/** Capitalised words that may stand between a role and a name, or follow a place without making it longer. */
export const officeWords = set(`
state treasury foreign interior defense defence justice oil energy attorney house senate national supreme federal district
democrat democrats republican republicans democratic venezuelan american colombian spanish mexican cuban russian british`);

export const weekdaysAndMonths = set(`
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
november december jan feb mar apr jun jul aug sep sept oct nov dec lunes martes miercoles jueves viernes sabado domingo enero
febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre`);

/** Verbs that attribute words to someone. */
export const sayingVerbs = set(`
said says say told tells added adds wrote writes tweeted posted stated declared announced insisted argued claimed explained noted
replied answered asked warned recalled remarked testified commented complained lamented acknowledged admitted confirmed denied
stressed emphasized reiterated asserted
dijo dicen dice dijeron afirmo afirmaron afirma senalo senalaron senala aseguro aseguraron asegura indico indicaron indica declaro declararon
declara explico explicaron explica agrego agregaron agrega anadio anadieron anade sostuvo sostuvieron sostiene manifesto manifestaron expreso
expresaron expresa comento comentaron escribio escribieron escribe tuiteo publico denuncio denunciaron advirtio advirtieron advierte
respondio respondieron preciso precisaron precisa insistio insistieron reitero reiteraron subrayo subrayaron recordo recordaron lamento
lamentaron reconocio confirmo confirmaron anuncio anunciaron conto conto relato apunto aseveró asevero puntualizo acoto enfatizo recalco`);

/** Words that begin a sentence with a capital and belong to no name. */
export const smallWords = set(`
the a an and or of in on at to for from by with after before since when while if but as is was were are has have had will it
he she they we i you his her its their our this that these those who what where why how not no yes
el la los las un una y o de del en con por para tras desde cuando si pero como es fue son han que se lo su sus al este esta
estos estas ese esa nosotros ellos ella yo tu usted mas muy ya hoy ayer manana ademas tambien segun sobre entre hasta
according also however meanwhile today yesterday tomorrow now then here there both each every all some many most few several`);

/** Words that cannot be part of a person's name though they may be written with a capital. */
export const notNames: ReadonlySet<string> = new Set([
  ...smallWords,
  ...set(`
new north south east west god christmas easter internet covid catholic christian jewish muslim english spanish french german
chinese russian american americans venezuelan venezuelans colombian cuban mexican european latin hispanic supreme national
international federal constitution act law bill order article chapter section part street avenue road river lake mount airport
prison palace square twitter facebook instagram youtube whatsapp telegram google apple news times post show program party`),
]);

/** Words that make a run of capitals a body: last in English, first in Spanish. */
export const bodyWords = set(`
ministry department university institute foundation bank court commission committee council agency association party company
corporation corp inc llc ltd group holdings federation center centre office bureau authority tribunal hospital church
club coalition movement network partners capital energy petroleum airlines chamber congress parliament assembly senate police army navy guard front alliance union fund society academy college school
ministerio departamento universidad instituto fundacion banco corte comision comite consejo agencia asociacion partido
corporacion grupo federacion centro oficina autoridad juzgado hospital iglesia coalicion movimiento camara
congreso parlamento asamblea senado policia ejercito armada guardia frente alianza sindicato fondo sociedad
academia colegio fiscalia alcaldia gobernacion observatorio secretaria direccion defensoria contraloria procuraduria`);

/** Small words that join the capitals of one name. */
export const particles = set("de del la las los da do dos di van von der den bin");

/** People meant when a group is spoken of by number or with an article. */
export const groupNouns = set(`
executives execs officials men managers directors ceos oilmen employees prisoners detainees americans captives colleagues defendants
ejecutivos exejecutivos directivos exdirectivos gerentes exgerentes hombres empleados exempleados prisioneros presos detenidos
rehenes funcionarios trabajadores petroleros acusados hostages`);
