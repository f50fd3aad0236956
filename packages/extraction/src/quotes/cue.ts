import { sayingVerbs } from "../entities/words.ts";

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Verbs that attribute words only when a quotation stands beside them. */
const besideQuotes = set(`
rejected rejects dismissed dismisses ridiculed mocked likened called calls call calling described describes describing deemed denounced condemned dubbed branded considers considered tells urged urges vowed vows promised
promises joked jokes quipped quips pleaded pleads cried shouted continued concluded read reads thundered mused recalls sighed scoffed
countered shot responded responds reacted reacts agreed agrees predicted predicts cautioned cautions conceded concedes observed observes
termed labeled labelled railed lashed decried lauded praised hailed blasted slammed laughed smiled whispered boasted bragged
suggested suggests maintained maintains charged alleged alleges claims denies argues explains notes tweets posts announces
warns insists declares admits confirms stresses acknowledges laments complains recounted recounts
quejo queja quejaron aseguraba decia contaba insistia explicaba sostenia afirmaba relataba repetia advertia
decian contaban resumia lamentaba llamo llaman llama llamaron califico califican califica calificaron describio describe describieron tildo tilda tildaron pidio pide pidieron prometio promete
continuo concluyo concluye considero consideran considera reclamo reclama exigio exige exigieron sentencio sentencia ironizo ironiza bromeo bromea grito gritan
gritaron grita relato relata relataron narro narra proclamo proclama exclamo exclama opino opina rechazo replico replica contesto contesta
reacciono reacciona resumio resume admitio admite celebro celebra agradecio agradece critico critica criticaron cuestiono cuestiona
apuntaron remarco remarca destaco destaca destacaron argumento argumenta alego alega enfatiza acoto zanjo zanja espeto lanzo
prosiguio anuncia detallo detalla aclaro aclara aclararon confeso confiesa matizo matiza sugirio sugiere reconoce lamenta denuncia recuerda
insiste reitera subraya confirma comenta cuenta pregunta pregunto preguntaron aplaudio arremetio repitio repite justifico justifica valoro valora hablo
limito alcanzo acerto rezaba reza rezan revelo revela revelaron avanzo adelanto adelanta comunico notifico divulgo apostillo remacho sentencia zanja precisan apunta arguyo reprocho reprocha amenazo amenaza prometieron despreciaron desprecio ironizaron fustigo censuro tilda tachan abundo resalto resalta recalca advertia mantuvo mantiene evoco rememoro intervino corroboro desmintio desmiente nego niega rebatio contraataco threatened threatens revealed reveals disclosed summed insists remembers remembered whispers mumbled barked snapped chuckled grinned nodded testifies pledged pledges appealed estimates estimated confided reflected reflects tacho definio define bautizo acuso suplico suplica ruega rogo clamo clama plantea planteo`);

/** Verbs that attribute words to someone, beside a quotation or not. */
export const isCue = (word: string): boolean => sayingVerbs.has(word) || besideQuotes.has(word);
