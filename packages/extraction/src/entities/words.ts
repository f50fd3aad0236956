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
wilmer wilson xavier ximena xiomara yadira yamile yanet yaneth yesenia yolanda yorman yvan yvette yvonne zachary zulay zulma
abdul ada adalberto adela adelaida adele adelys adolph adria ahmad ahmed aileen aitor akira alain alberta albrecht aldo alec alejandrina alessandro
alexa alexei ali alina aline alise alison aliza allan allen allison alma almudena alonso alphonse alyssa amador amalia amaya amilcar amir amparo
anastasia anatoly anders andre andrei anibal antoine antoinette anton antonella antti araceli aranza archie arianna aristides arlene arnaldo arnold
arsenio asdrubal ashraf audrey aurelia aurelio avi axel azucena baltasar balthazar barbra bart bartolome bashar basilio bautista becky begona belinda
benito benny berenice bernard bernarda bert bertrand bettina bianca billy blake blas bonnie boris braulio brett briana bridget brigitte bryan bryce
byron caleb calixto calvin camille candice carina carl carole carrie carson caryslia casey casilda cassandra cassie catarina cecil celeste celestino
celia celina cesare chandler chantal charlene charlotte chester chloe chuck ciro claire claude claudine clayton clement cleo clifford clint clotilde
cody colette colleen conchita connie conor conrad constance constantino cora cordelia cornelius cory courtney crispin curtis cyril cyrus dagoberto
dalia dalila damaris damaso dana danilo daphne darcy darlene darren darryl daryl davide dayana deanna debbie debra delfina delmer demetrio denise
denny dennys derrick desmond devin dexter dick dieter dimas dimitri dirk dmitri dolly dolores donatella dora doreen dorian dorothea doug duane dustin
dwayne dwight dylan ed eddy edelmira edith edmond edmund eduard eduarda edwards edwina egor eileen elaine eleanor eleuterio elia eliana elianne
eliezer elijah elinor eliseo eliza ella ellie elliot elmer eloisa eloy elsie elton elvira ely emanuel emerson emile emmett enrico enriqueta enzo
epifanio erasmo erick erin ernestina ernie errol erwin esmeralda estanislao estela ethan ethel etienne eufemia eugenie eulalia eulogio eusebio
evangelina evaristo eve evelio everardo ezequiel faisal fatima faustino fausto fay felicia felipa fermin fernan fidel fiona flavia flavio flora
florencio florentino floyd forrest fran francesca francesco franz freda frederic fredy friedrich fritz froilan fulgencio gabino galo garrett garth
gaspar gaston gavin gema genaro genevieve genoveva georg georges geovanny gerard germania gertrude gervasio gianni gilda gilles giovanni gisele glen
godofredo goran graciela graham greta gretchen griselda guadalupe guido guilherme gumersindo gunther gus gwen habib haim hamid hank hans harriet
hassan hazel heather heinrich heinz helene helga helmut henri henrietta heriberto herman hermann herminia hernando hilario hilary hillary hiram
hiroshi homer honorio hortensia hubert hugh hugues humberto hussein ibrahim ida igor ike ilan ildefonso ileana ilse ima imelda indira inga ingrid
inmaculada iolanda ira irena irina irving isidoro isidro isis ismail isolda itamar itzel ivana ivette ivor izaskun jacinta jacinto jacques jaden jalil
jamal jamil jana janine jared jaroslav jasmine jeanette jeanne jeannette jed jefferson jeffery jenna jens jerome jessie jesusa jhonatan jimena joachim
joann joanna joanne jocelyn jodie joelle johan johana johann johanna johnnie jonas jonathon joran jordi josefa josep josephine josiah josue jovita
joyce juancho judas judd jude judit jules juliane juliette julissa jurgen justina justine kai kaitlyn kara karel karin karol kaspar kathrin kathryn
katia katja katrina kay kayla keisha kelley kelsey kendra kenny kerry khalid kiara kirk kirsten klaus kofi konstantin kris krista kristin kristina
kristy kumar kyra laila lara larissa lars latoya laureano laurent laurie lazaro lea leah leandra leila leire lena leni lenny leocadia leonel leonid
leonora leroy lesley levi liam libby liesl lilah lillian lily lin lindsay lindsey lionel lisandro lisbeth lizbeth lois lola lonnie lope lorenza
loretta lori lorraine lothar lou louie luc luca lucho lucian luciana lucila lucille lucio lucretia luigi luisana lukas lupe lynda lynne mabel macarena
maciej madeleine madeline mae magda magdalena magnus mahmoud maikel maite malcolm malik mandy manny manolo manu mara marcelino marcella marcia marcial
marcin marcus margarida margot marguerite marianela mariangel marianne maricela mariko marilu marion maritza marjorie markus marla marlon marquis
marsha martino marty maryam maryann matilda matilde mats matteo matthias maude maura maurice mauro mavis maxim maxine maya maykel maynard meg mehmet
mel melania melba melchor melinda melody melvin meredith mia micaela michaela michal michel michele mickael miguelina mikael mikhail milena mileydi
millie milton mina mindy minerva mireille mirelys mirna misael mohamed mohammad mohammed moira mollie molly mona monique monserrat monte mort muhammad
muriel mustafa myra myriam myrna myron nadia nadine nahuel naim nan narciso natasha nathaniel nayra neal nella nelly nena neville nicanor niccolo nico
nicola nicolai nicolasa niels nigel niklas nikolai nikos nilda noe noelia noemi nohemi nolan norbert norberto noreen norman nuria nury obdulio octavia
odalis odette oksana olaf oleg oliverio ollie olympia oona ophelia oren oriana oriol orson oskar osvaldo oswald otilia otis otto paco pascual patrice
patsy patty paulette paulina paulino paulo pavel peggy pelayo penelope pepe percy petra petro petunia philippa philippe pia pierce piero pierre pietro
pio piotr plinio polly porfirio primitivo priscilla prudencio quentin quim quincy quique radek rahul raimon raimundo ralf rami ramona ramsey randall
randolph raoul raphael rashid ravi reggie regina reinhard rembrandt reuben rex reynaldo rhonda ricarda richie ricky rigoberto rob robbie robyn rod
roderick rodney rodolfa rogelia rohan roldan rolf romina romulo ronnie roque rory rosalba rosalind rosalinda rosana rosanna roscoe roseann rosendo
rosie roswitha rowan rowena roxanne rudi rudolf rudolph rudy rufino rufus rupert rusty ruthie sabino sadie saleh salma salome salomon samir sammy
sander sandro sanjay sasha saturnino scarlett sebastien selena selina serafin serena serge sergei sergey seth shane shannon sharif shaun shauna shawn
shelby sheldon shelley sherman sherri sherry shinzo shirin sidney sigrid silas silvano silverio silvio simeon simona sinead sixto slobodan socorro
soledad solomon sonny sophia sophie stan stanislav stavros stefan stefania stefano stephan stephane sterling sven svetlana sylvester sylvie tabitha
tad takeshi talia tamar tanya tariq tasha tatyana tavo telma teo teodora terence teresita terrance terrence tess tessa thalia thea thelma theo
theodora thiago thierry thor tia tiago tiburcio tito tobias tomasa tommy toni torsten trent tricia trish tristan troy trudy tyrone ubaldo ulises
ulrich umberto urbano ursula uwe vadim valentin valentino valerie valery vance vanesa vaughn velma venancio vera vernon vicenta vicki vicky vidal
viktor vilma vince vincenzo viola virgil virgilio vito vivien vladislav wade waldo wally walt wayne wenceslao wendell werner wesley whitney wilbur
wilfrid wilhelm willa willard willem willie willis wilma winifred winston wolfgang woody yago yaniv yann yara yasmin yasser yelitza yesica ying
yitzhak yoel yonathan yoshi yuri yuriy yusuf yves zach zack zaida zelda zenaida zoe zoila zoraida
abby abigael abner adonis agapito ahmet alden aleida alexia aliria alonzo alton amari amelie amos anabella anahi anais ananias andreas
andrej angelo angus annabel annette antwan anyelo arcadia archibald arelis aretha argenis ariadna arjun arlo armand arvid asher ashton
aubrey audrina ava barney barrett barron basil beau bella benicio benita bernadette bethany beverly blaine blair bobby boyd brady brandi
brenna brent bria briseida brooke bruna brynn camelia candace cara carey carly carmela carmelina carmelo cassidy cedric chad chelsey cherie
cheryl christa christie christy clarence clark cornell cupertino dagmar dairo dalton damien damon dane daniuska dante darby darius darla
darrell darwin dayanna deandre debora deena deidre deivis delaney delbert delfin delroy demarcus demetrius denzel deshawn devon dewayne
deyanira dilcia dion dionne dominick dominique donovan donte dwyane easton edixon edna effie eglee elbano eldon eleazar eli elier elimar
elio elise elisha eliud elle ellis elmore elwood emery emilie emmitt ender enmanuel erasto ernestine esme essie estelle euclides eudes
eudomar eunice evelin everth eyilda fabrizio fanny felton fergus fernand fidelina fletcher fredis gabe gale gaylord geraldine gideon gino
giorgio giovanna glenda goldie grady graeme gregor gregoria greici grover hadley hailey hakeem harlan harley harrison harvey hayden heberto
heidy hender henrik herb hercilia hermes herschel hiroko holly horace humbert idania imani imogen indhira ingmar ingryd ingvar iraima
isabelino isaiah isnardo ivanka jabari jace jackeline jairo jaleel jalen jamila janelle janeth jarrett jarvis jasper jayden jayla jeison
jenifer jeremiah jermaine jhon jhonny joandry joao jodi joey johanny jolene jonah jonnathan josmer jovanny june kareem katelyn keiber keila
kellen kelvin kerri kieran kleiver kobe kristi kylie lacey lakisha lamar lana laverne lebron leida leidy lela leobardo leomar lesbia leudis
libardo ligia liliam lino liza lonzo lorent lorna louisa lowell luka luzmila lyle mack maikol maira mallory marleny marsden marshawn maryori
mayerlin maykol mckenzie meivis merle mervin micah mickie milagro mildre mileidy militza minelia mirian mirla misleidy mitchell mohamad
morelia morris moses mya myles naibeth naileth najib nanette natalya nehemiah neida neiro nelida nerea nerio nervis nettie nikita nikki
ninoska noelle nohelia norelis norkis oakley octavius odaliz odell omari oneida onelia oprah orangel oriette orville osbourne osleidy
oswaldina ovidio owen paige patti percival perla phillipa phoebe preston quintin quinton rachael rafaelita rahim raiza rana rebekah reese
regan reid renee rhea rhys riley rixio robbin roimar romelia ronda rosanne roselin rosetta rosibel ross roxane royce ruperto russ ryder
saida salim sallie sandy sanford santino sarai sebastiana serina shanice shaquille shari sheena shelly sherwin sherwood shirlene silenia
solange stacey staci stacie stefanie sugey suzanne suzette sybil taj tamika tammy tara teofilo terri thaddeus thais theodor thurman tiana
tibisay tobin toby tomasita tomasz trisha tyra tyrell tyrese tyson ubencio ulrike uriah usain uzcategui vaughan verna virgelina vonda waleed
warren weston wilfran wilhelmina wilhem willian wilmary wuilmer wyatt yael yanira yanireth yaniuska yarelis yelena yenifer yenny yeraldin
yohana yolonda yonny yorbis yordano yorgelis yorvit yosmar yudith yuleima yuleisy yulimar yunior yurima yusmary yusra zane zara zelma
zenobia zion zobeida zoraya`);

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

/** In small letters before a name: what someone does for a living, which is no office. */
export const trades = set(`
actor actress singer musician painter poet novelist athlete player pitcher catcher coach boxer runner swimmer driver pilot sailor farmer fisherman
teacher student nurse engineer geologist chemist architect carpenter mechanic cook chef banker dancer filmmaker photographer
comedian sculptor composer pianist guitarist shopkeeper worker electrician accountant surgeon psychologist
actriz cantante musico pintor pintora poeta novelista atleta jugador jugadora pelotero beisbolista futbolista lanzador entrenador entrenadora boxeador
nadador nadadora chofer piloto marinero agricultor agricultora pescador pescadora maestro maestra estudiante enfermero enfermera geologo geologa
arquitecto arquitecta carpintero mecanico cocinero cocinera banquero corredor bailarin bailarina cineasta fotografo fotografa comediante escultor
escultora compositor compositora pianista guitarrista comerciante obrero obrera electricista contador contadora cirujano cirujana psicologo psicologa`);

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
ex new north south east west god christmas easter internet covid catholic christian jewish muslim english spanish french german
chinese russian american americans venezuelan venezuelans colombian cuban mexican european latin hispanic supreme national
international federal constitution act law bill order article chapter section part street avenue road river lake mount airport
prison palace square twitter facebook instagram youtube whatsapp telegram google apple news times post show program party`),
]);

/** Words that make a run of capitals a body: last in English, first in Spanish. */
export const bodyWords = set(`
ministry department university institute foundation bank court commission committee council agency association party company
corporation corp inc llc ltd group holdings federation center centre office bureau authority service tribunal hospital church
club coalition movement network partners caucus initiative campaign foundation capital energy petroleum airlines chamber congress parliament assembly senate police army navy guard front alliance union fund society academy cartel college school trading shipping resources investments trust insurance airways laboratories
ministerio departamento universidad instituto fundacion banco corte comision comite consejo agencia asociacion partido
corporacion grupo federacion centro oficina autoridad juzgado hospital iglesia coalicion movimiento camara
congreso parlamento asamblea senado policia ejercito armada guardia frente alianza sindicato fondo sociedad
academia colegio fiscalia deportivo atletico alcaldia gobernacion observatorio secretaria direccion defensoria contraloria procuraduria`);

/** Small words that join the capitals of one name. */
export const particles = set("de del la las los da do dos di van von der den bin");

/** People meant when a group is spoken of by number or with an article. */
export const groupNouns = set(`
executives execs officials men managers directors ceos oilmen bosses chiefs employees prisoners detainees americans captives colleagues defendants
ejecutivos exejecutivos directivos exdirectivos gerentes exgerentes exjefes vicepresidentes hombres empleados exempleados prisioneros presos detenidos
rehenes funcionarios trabajadores petroleros acusados hostages`);
