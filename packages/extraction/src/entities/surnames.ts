/** Surnames common in English and Spanish news: they end a person's name. Written from general knowledge. */
export const commonSurnames: ReadonlySet<string> = new Set(
  `
abreu acevedo acosta adams aguilar aguirre alarcon alexander allen alonso alvarado alvarez anderson andrade angulo aponte aquino aragon
aranda araujo arce arellano arias armas armstrong arreaza arriaga arroyo ayala bailey baker ballesteros barba barnes barreto barrios barrera
barrett bauer becerra bell bello beltran benavides benitez bennett bermudez bernal berry betancourt blanco boone boyd bracho bradley bravo briceno
briggs brito brooks brown bryant burns bustamante butler caballero cabrera cabello caceres calderon calvo camacho campbell campos canelon cano
cardenas cardona cardozo carrasco carrera carrillo carter carvajal casanova castaneda castellanos castillo castro cedeno cervantes chacon chavez
cisneros clark clarke clinton cohen colmenares colina collins contreras cook cooper cordero cordova cornejo corona coronado correa cortes cortez cox
crawford crespo cruz cuevas cunningham daniels davila davis delgado diaz diez dixon dominguez dominguin donoso duarte dunn duque duran echeverria edwards
elliott ellis escobar escalona espinal espinoza esposito estevez estrada evans fajardo farias faria felix fernandez ferreira ferrer fields figueroa fisher
fleming flores flynn fonseca ford foster fox franco freeman fuenmayor fuentes gaitan galindo gallardo gallego gallegos gamboa garces garcia garrido garza
gibson gil gilbert gimenez giraldo godoy gomez gonzales gonzalez gordon graham graterol gray green greene griffin guaido guaita guerra guerrero guevara guillen
gutierrez guzman hall hamilton hansen harper harris harrison hart harvey hawkins hayes henderson henriquez heredia hernandez herrera hicks hidalgo hill
hoffman holmes howard hudson huerta hughes hunt hunter hurtado ibanez ibarra iglesias infante jackson jacobs jaimes jaramillo jenkins jensen jimenez johnson
johnston jones jordan juarez kaplan kaufman keller kelley kelly kennedy king klein knight lara larrazabal larson lawrence leal ledezma lee leon levy lewis
leyva linares llanos lloyd long lopez lozano lucena lugo luna lynch macdonald machado madrigal maldonado manrique marcano marchan marin marquez marshall martin
martinez mason mata matos maduro mccarthy mcconnell mcdonald mckenzie medina mejia melendez mendes mendez mendoza meneses mercado mesa meyer miller mills miranda
mitchell molina moncada montero montes montiel montilla montoya moore mora morales moran moreno morgan morillo morris morrison mosquera moya mujica munoz
murillo murphy murray myers najera naranjo narvaez nava navarro nelson newman nguyen nichols nieto nieves noguera nunez obregon ocampo ochoa
ojeda olivares olivera oliveros olson ordonez orellana oropeza orozco ortega ortiz osorio otero owens pacheco padilla padrino palacios palma palmer
pantoja pardo paredes parker parra patino patterson paz pedroza pena peralta perdomo pereira perez perkins perry peterson phillips pineda pinto pizarro
pompeo ponce porras porter portillo powell prado price prieto puente puig quintana quintero quiroga quiroz ramirez ramos rangel reed requena rey reyes
reynolds rice richards richardson rincon rios rivas rivera rivero roberts robinson robles roche rodriguez rogers rojas roldan roman romero rondon rosales
rosario rose ross rossi rubio rueda ruiz russell ryan saavedra saez salas salazar salcedo saldana salinas sanabria sanchez sanders sandoval santana
santiago santos sanz schmidt schneider schwartz scott segovia segura serrano sharma shaw silva simmons simpson smith snyder solano soler solis solorzano
sosa soto sotomayor stanley stefanelli stephens stevens stewart stone suarez sullivan superlano tapia taylor tejada tellechea tello terrero thomas thompson toledo
toro torrealba torres tovar trejo trump tucker turner urbina uribe urdaneta ureta urrutia uzcategui valbuena valdes valdez valencia valera valero valle
vallejo vaquero varela vargas vasquez vazquez vega velasco velasquez velazquez velez vera vergara vielma vieira villa villalba villalobos villalta villanueva
villarreal villegas vivas wagner walker wallace walsh wang ward warren washington watson weaver webb weber weiss wells west wheeler white williams williamson
willis wilson wood woods wright yanez yepez young zambrano zamora zapata zavala zuniga zurita`
    .trim()
    .split(/\s+/),
);
