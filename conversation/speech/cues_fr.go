package speech

// Words that French cues share.
const (
	pronom = "(je|j'|tu|t'|t|il|elle|on|nous|vous|ils|elles|ce|c'|ça|cela|t on|t il|t elle)"
	savoir = "(si|s'|comment|pourquoi|quand|où|quel|quelle|quels|quelles|combien|ce que|ce qu'|qui|à quoi|à quel|à quelle)"
	qqn    = "(quelqu'un|qqn|qq1|quelqun|quelqu un|personne|une âme|une bonne âme)"
)

// cuesFR are the French cues.
var cuesFR = []cue{
	{Question, []string{
		"^ (comment|pourquoi|pk|pkoi|pourkoi|combien|où|à quoi|à quelle heure|à quel|de quoi|depuis quand|jusqu'à quand|par où|d'où|à partir de " +
			"quand|à qui|ou est|ou sont|ou se trouve|c quand|c ou) *",
		"^ (quand|qui|que|qu') (est|sont|aura|auront|sera|seront|rouvrira|rouvre|commence|sort|faire|penses|pensez|faut|doit|peut|pourra|saura|sait|" +
			"connaît|a une|a un|veut)",
		"^ (quel|quelle|quels|quelles) (est|sont|serait|sera|était|*) (le|la|les|l'|est|sont|faut|serait|sera|prendre|choisir|dois|peut|*)",
		"(c'est|c|c est) (quoi|koi|où|combien|qui)", "^ c'est quand", "^ (koi|keskon|kesk|kel)", "(est-ce|esce) (que|qu')", "est ce (que|qu')",
		"qu'est-ce", "esque", "^ (quoi de neuf|quid)",
		"(je|on|nous) (me|se|nous) [suis|sommes] (demande|demandais|demandait|demandions|demandons|demandé|demandée|interroge|interrogeais) [tous|donc|juste|quand même] " + savoir,
		"(savez|sauriez|savait) vous " + savoir, "(sais|saurais) tu " + savoir, "^ (vous savez|tu sais|t' sais|savez vous|sais tu|sauriez vous) " + savoir,
		"(quelqu'un|qqn|qq1|quelqun) [d'autre|ici|de vous|parmi vous] [a t il|t il] (sait|saurait|connaît|connait|a|aurait|peut|pourrait|peu|s'y " +
			"connaît|utilise|comprend|arrive)",
		"quelqu'un a t il",
		"(avez|auriez|êtes|seriez|connaissez|pensez|comptez|voyez|voulez|prévoyez|savez|souhaiteriez|acceptez|faites|aviez|désirez) vous",
		"(as|aurais|es|connais|penses|comptes|vois|préfères|fais|crois|sais|viens|accepterais) tu",
		"(y a t il|y aura t il|y aurait il|y avait il|a t on|a t il|a t elle|sont ils|est il|sera t il|sera t elle|peut on|pourra t on|pourrait on|" +
			"doit on|faut il|faudra t il|va t il|va t on|veut on|reste t il|existe t il|dois je|puis je|pouvons nous|devons nous|pourrions nous|devons t " +
			"on|était ce|serait ce|serait il|compte t il|ont ils|ont elles|peuvent ils|fait il|suffit il|vaut il) *",
		"(est|sera|serait|a|va|peut|doit|couvre|suit|concerne|faut|marche|dure|commence) (t elle|elle|il|t il) (vraiment|aussi|encore|toujours|" +
			"compris|possible|prévu|prévue|disponible|valable|libre|normal|ouvert|deux|concerne|pas|envisageable|en|au|de|le|la|bien|seulement|impactée)",
		"(voudrais|voulais|souhaiterais|souhaitais|aimerais|souhaiterions|aimerions|aimerai|voudrai|souhaite|voulait|voudrait|aimerait|aimeraient|" +
			"voudraient|voulaient|souhaitent|souhaitaient|cherche à|cherchons à|cherchent à|curieux de|curieuse de|question pour|demander|demande) [bien|" +
			"donc|juste|également|aussi|te|vous|toutefois] (savoir|connaître|comprendre)",
		"^ (juste|c'est|et|c'était) [c'est|juste] pour savoir", "juste pour savoir",
		"(demander|interrogeons|interroge) (si|s'|quand|comment|pourquoi|quelle|quel|où)", "(arrive|arrivons|parviens|réussis) pas à (savoir|comprendre)",
		"(pas|jamais) [bien|tout|vraiment|trop] (compris|pigé) " + savoir,
		"(une|petite|autre|deux|trois|quelques|dernière|vraie|ultime) (petite question|petites questions|question|questions|interrogation|" +
			"interrogations) [rapide|concernant|à propos|bête|simple|légitime|subsidiaire] (pour|concernant|sur|à propos|d'|de|qui|nous|:|restent|rapide)",
		"(j'ai|j'aurais|nous avons|avons|voici|voilà|autre|petite|dernière) [juste] [une|quelques|deux|trois|des] [autre|petite|petites|dernière|" +
			"autres] (question|questions|interrogation|interrogations)",
		"^ [petite|autre|deux|trois] (question|questions) [petites|subsidiaire|d'un|de]", "la question (suivante|qui en découle)",
		"^ (une|des) (idée|idées|nouvelle|nouvelles|info|infos|piste|avis) [sur|du|de|des|pour|à propos|sinon|concernant|de la]",
		"(avoir|auriez vous|aurait on|as tu|avez vous|aimerait|aimeraient|donner) [donc] [des|de|quelques|une] (nouvelles|nouvelle|infos) (sur|du|de|concernant)",
		"(ya|y'a|y a|il y a|y aurait|y aurait il) moyen (de|d')", "(savoir|dire|dites|sais|sait) si c'est (normal|possible|prévu|grave)",
		"(envisageable|prévu|possible|annulé|ouvert|maintenu|autorisé) ou (pas|non)", "ou (pas|non) $",
		"(ça|ca|c'|cela) (coûte|coute|fait|prend|dure|vaut) combien", "(je|on) (fais|fait|dois|doit) (quoi|comment|où)",
		"^ on (peut|pourrait|doit|devrait) (venir|avoir|payer|savoir) *", "(qui|que) (saurait|connaîtrait)", "ça donne quoi",
		"qu'en (pensez|penses|dites) *", "(vous|tu) (pensez|penses) (pouvoir|que) .. (possible|envisageable|remédier)", "(vos|votre|ton) avis [sur]",
		"sommes (nous|en droit)", "à quand (les|le|la|l'|un|une|des)", "à quoi (sert|correspond|servent|ça sert)",
	}},
	{mute, []string{
		"^ que voulez vous",
		"(comment dire|comment ça va|et comment|voilà comment|voici comment|c'est comme ça|on se demande|à quoi bon|à qui veut|à qui a|à quoi " +
			"s'attendre|pourquoi pas|combien de fois|où que|où on|où l'on|où il|où elle|où ils|où nous|où vous|où tu|où je)",
		"^ quelle (chance|horreur|honte|joie|surprise|idée|célérité|merveille) *",
		"^ quel (dommage|plaisir|bonheur|délice|régal|bel|beau|travail|talent) *", "c'est ce (que|qu')", "la question (est|n'est|était|se pose)",
		"(hors|pas) (de question|question)", "(aucune|pas de|sans|bonne|cette|ma|ta|sa|votre|leur) question",
		"(si vous|si tu|si t'|si jamais vous|n'hésitez pas si vous) (as|avez|aviez) (des|d'autres|une) (question|questions)", "pour toute question",
		"poser (la|des|une|vos|leurs|ses|ma|ta) (question|questions)",
		"(lui|leur|leur ai|lui ai|l'ai|a|avait|avais|j'ai|ont|m'a|m'ont) (demandé|demandais) (si|s'|comment|pourquoi) *",
		"(sais|sait) (pas|bien|très bien) (si|comment|pourquoi) *", "si vous avez",
		"(bonne|mauvaise|aucune|une|d'avoir|toute) nouvelle [équipe|fois|saison|version|année|question]",
	}},
	{Request, []string{
		"(pourriez|pouvez|voudriez|pourrez) vous [me|nous|m'|donc|svp] *", "(pourrais|peux|voudrais|pourras|veux) tu [me|nous|m'] *",
		"^ (vous|tu|quelqu'un|qqn) [me|nous] (pourriez|pouvez|pourrais|peux|peut|pourrait|pouvais) (me|m'|nous|confirmer|jeter|regarder|envoyer|" +
			"aider|expliquer|transmettre) *",
		"(vous|tu) (pourriez|pouvez|pourrais|peux|peut) (me|m'|nous) *", "(peut|pourrait) t on [me|nous|m'] *",
		"(quelqu'un|qqn) (peut|pourrait|pour|peu) (me|m'|nous|aider|expliquer|confirmer|transmettre) *",
		"si (vous|tu|quelqu'un|qqn|quelq'un|on) (pouvez|pouviez|pouvais|pouvait|pouvons|pouvions|pourrait) *", "(merci|prière|svp|merci bien) (de|d') *",
		"merci de (bien vouloir|ne pas|ne plus|vouloir)", "merci (par avance|d'avance) de (m'|nous|me|bien) *",
		"(je|j') (voudrais|souhaiterais|aimerais|aimerai|demande|demanderais|souhaite|désire|désirerais|exige|réclame) [bien|donc|aussi|que] (avoir|" +
			"être|obtenir|résilier|annuler|changer|modifier|récupérer|retourner|parler|acheter|que|qu'|un|une|mon|ma|mes|le|la|recevoir|de|m'inscrire|me|" +
			"commander|échanger|voir|pouvoir) *",
		"(nous|on) (souhaiterions|aimerions|voudrions|demandons|exigeons|réclamons) *", "nous vous (demandons|prions) (de|la|que|d')",
		"(aimeraient|souhaiteraient|voudraient) [bien|toutefois|beaucoup|également|donc] *", "vous faisons la demande", "ce serait bien (de|si|d')",
		"(s'il vous plaît|s'il vous plait|s'il te plaît|s'il te plait|svp|stp|siouplait|silvouplait|please|plz)", "besoin d'aide",
		"(j'ai|j'aurais|on a|on aurait|nous avons|aurais|aurai|ayant) besoin (d'|de|que)",
		"(aidez|aide|dites|dis|expliquez|explique|rappelez|rappelle|répondez|réponds|envoyez|envoie|donnez|donne|débloquez|débloque|remboursez|" +
			"rembourse|rendez|prévenez|indiquez|confirmez|précisez) (moi|nous)",
		"^ (aidez|réparez|débloquez|débloque|remboursez|corrigez|rendez|arrêtez|réglez|envoyez|répondez) (mon|ma|mes|le|la|les|l'|nous|moi|de|quelque) *",
		"^ réparez *", "^ svp", "(serait|est) il [donc] (possible|envisageable) [de|d'|que|qu']",
		"(serait|ce serait|ça serait|serai|serais) [il|très|vraiment|super|plus|aussi|peut être] (bien|cool|chouette|utile|pratique|gentil|sympa|" +
			"reconnaissant|reconnaissants|ravi|génial|souhaitable) (de|d'|que|qu'|si)",
		"veuillez *",
		"(il faudrait|faudrait) [que|qu'|penser|songer|absolument|donc] [à|que|qu'] (rajouter|remplacer|ajouter|corriger|penser|quelqu'un|s'occuper|" +
			"remettre|on|vous|changer|revoir|améliorer) *",
		"faudrait que (quelqu'un|vous|tu|on|l'équipe)",
		"(cherche|recherche|cherchons) (un|une|des|du|quelqu'un|covoit|covoiturage) *", "^ ajout", "ajout (d'un|d'une|de) *",
		"(requête|doléance|suggestion) (concernant|est|suivante|pour|dans|plus)", "une requête", "(tenez|tiens) (moi|nous) au courant",
		"(je|nous|on) (compte|comptons) sur (vous|toi)", "(si|qu') (on|quelqu'un) pouvait", "si on pouvais",
		"(peux|peut|pourrais|pourrait|pourriez|pouvez) [tu|vous|quelqu'un] [y] jeter un (oeil|œil|coup)", "signe de vie",
		"en espérant (que|une|avoir|pouvoir)", "(pensez|pense) à (ajouter|corriger|rajouter|remettre|mettre|réparer)",
		"(votre|ta|une) (future réponse|prompte réponse|réponse rapide serait)", "(je|on) (prends|prend) .. vos (avis|conseils)", "message pour @*",
	}},
	{mute, []string{
		"(si|quand|dès que|lorsque) (vous|tu) (voulez|veux|souhaitez|souhaites|désirez|préférez|avez|as|pouvez) [besoin|des|une|un|le|d'autres|envie|encore]",
		"merci de (votre|ton|vos|tes|ta|m'avoir|nous avoir|l'avoir|avoir|cette|ce|ces|la|l'|le|t'être|vous être|l'attention|quoi|rien|tout|sa|son|" +
			"ton attention|ma|la part)",
		"merci d' (avoir|avance|être|y avoir|y)", "merci (de ré|de re) *", "(ne demande|ne demandons|demande plus|demande pas|n'en demande) *",
		"(je|nous|on|j') [vous|te] (souhaite|souhaitons) (à|une|un|que|bonne|bon|un bon|une bonne|à tous|la bienvenue)", "pas besoin (de|d'|que)",
		"si besoin", "(en cas de|au) besoin", "besoin de rien", "(eu|avoir|ait|a) besoin de",
		"(j'aimerais|je voudrais|je voulais|je tiens à|je souhaite|nous tenons à|je souhaiterais|j'aimerai) [vous|te|juste|aussi] (remercier|dire|préciser|signaler)",
		"(s'il est|est il plus|il est) possible", "(si|que|quand) c'est possible",
	}},
	{Complaint, []string{
		"(ne|n'|n) (marche|marchent|fonctionne|fonctionnent|répond|répondent|démarre|s'affiche|s'ouvre|charge|s'allume|valide|reconnaît|apparaît|" +
			"apparait) (pas|plus|toujours pas|rien|jamais)",
		"(marche|fonctionne|répond|démarre|s'affiche) (pas|plus|toujours pas|jamais|mal)",
		"(n'a|n'ont|n'ai|n'avons|j'ai|a|ai|on a) (pas|jamais|rien|toujours rien|toujours pas|plus) [toujours|encore|été] (marché|fonctionné|répondu|" +
			"reçu|eu|validés|validé|obtenu|accès|d'accès|livré|prévenu|prévenus)",
		"(n'avons|n'avez|n'ai|n'ont|n'a|n') [toujours] (plus|pas|aucun|aucune) (accès|reçu|les droits|de nouvelles|d'accès|de réponse|réponse)",
		"ne (marche|fonctionne) [donc|tout simplement] (toujours|plus|pas)",
		"toujours (pas|rien|aucun|aucune|en attente|le même|bloqué|bugué|en panne)",
		"(scandaleux|scandaleuse|scandale|inadmissible|inacceptable|honteux|honteuse|honte|lamentable|catastrophique|catastrophe|minable|pitoyable|" +
			"déplorable|insupportable|inexcusable|révoltant|nul|nulle|horrible|affreux|désastreux|pire|glacial|arnaque|arnaqueurs|voleurs|foutage|" +
			"dégueulasse|abusé|intolérable|médiocre|infect|inutilisable|injouable|ingérable)",
		"(y a|ya|constaté|rencontré|rencontrons|rencontre|avons|il y a|est|signaler|signale|toujours|un gros|y avoir|sévit|remonter) [encore|" +
			"toujours|aussi|eu|donc] (un|le|des|de|plusieurs|quelques|ce|un gros|un petit|un autre) (bug|bugs|bogue|beug)",
		"^ [petit|gros] (bug|bugs|bogue|beug)", "le bug (constaté|du|de la|de|des|sur) .. (toujours|sévit|encore|constaté|persiste)",
		"bugs (sont|revenus|persistent|toujours)", "(bugue|bugué|buggé|plante|plantage|plantages|buggue|rame|lague|beugue|freeze|crashe)",
		"(en|une|la|de) panne", "(site|est|sont|serveur|toujours|appli) hs", "(hors service|hors d'usage)",
		"^ (problème|problèmes|pb|souci|soucis) (avec|sur|de|d'|du|des|à|pour|lors|au|concernant|quand|depuis|technique)",
		"(j'ai|on a|nous avons|il y a|y a|avoir|rencontre|rencontrons|ai|a|avons|rencontrent|constaté|eu) [toujours|encore|eu|donc] (un|le|ce|des|" +
			"quelques|de gros) [petit|gros|réel|même|gros] (problème|problèmes|pb|souci|soucis|bug|bugs|beug)",
		"(un|gros|réel|petit) (problème|pb|souci) (avec|sur|depuis|technique|lors|quand)",
		"(me|nous) (remontent|remonte|signalent|signale) (un|des|le|que) *", "remontent un problème",
		"(déçu|déçue|déçus|déçues|décevant|décevante|dégoûté|dégoûtée|mécontent|mécontente|mécontents|furieux|furieuse|excédé|excédée|énervé|énervée|" +
			"frustrant|frustrante|en colère|dépité|dépitée|lassé|scandalisé|scandalisée|indigné|indignée)",
		"(j'attends|on attend|nous attendons|qu'on attend|attends|attendent|attend) (toujours|encore|depuis|de savoir|mon|ma|mes|votre)", "que j'attends",
		"(aucune|sans|pas de|toujours pas de|jamais de|pas eu de|zéro|jamais eu de|sans jamais avoir de) (réponse|réponses|nouvelle|nouvelles|" +
			"solution|solutions|retour|retours|explication|explications|excuse|excuses|colis|courant|eau|chauffage|réseau|wifi|internet|mot|info|infos)",
		"sans (un mot|raison|explication|aucune explication|eau|chauffage|électricité|prévenir|nouvelles|aucune nouvelle)",
		"(ras le bol|marre|y en a marre|ras la casquette|c'est abusé|se moque de|se moquer de|se fout de|se fiche de|foutez de|moquez de|prend pour des|fort de café)",
		"^ impossible (de|d') *", "(m'est|nous est|c'est|il est|toujours|devenu) impossible (de|d')", "n'est plus possible",
		"(j'|je|on|nous|n') (arrive|arrivons|parviens|parvenons|réussis) [toujours|même|donc|absolument|jamais] (plus|pas|pas à|plus à) [toujours|" +
			"même] [à|de|me|m'|accéder|ouvrir|y|en] *",
		"(peux|peut|pouvons) [toujours|même|donc] (plus|pas|toujours pas) (accéder|me connecter|ouvrir|jouer|payer|télécharger|envoyer|valider|me|y " +
			"accéder|joindre|modifier|utiliser)",
		"(supprimé|supprimée|annulé|annulée|annulés|retardé|retardée|perdu|perdue|perdus|cassé|cassée|cassés|abîmé|abîmée|fêlé|fêlée|bloqué|bloquée|" +
			"bloqués|volé|volée|endommagé|défectueux|défectueuse|grillée|grillé|trempé|trempée|mort|morte|manquant|manquante|buggé|buguée|périmé|sale|" +
			"sales|froide|froid|brisé|brisée|débité|débitée|prélevé|prélevée|facturé|facturée|viré|virée|oublié|oubliée|disparu|disparue|disparus) (sans|" +
			"deux fois|à tort|encore|par|depuis|!|sur mon|de mon|pour rien)",
		"(encore|toujours|a été|ont été|est|était|arrivé|arrivée|arrivés|sont|restée|reste|suis) [encore|toujours|arrivé|arrivée] [un|une] [train|" +
			"bus|colis|vol|*] (supprimé|supprimée|annulé|annulée|annulés|retardé|retardée|perdu|perdue|cassé|cassée|abîmé|abîmée|fêlé|fêlée|bloqué|" +
			"bloquée|endommagé|défectueux|défectueuse|grillé|grillée|trempé|trempée|mort|morte|manquant|manquante|débité|débitée|en panne|froide|froid|" +
			"sale|indisponible|inaccessible|coupé|coupée|down)",
		"(deux|trois|quatre|plusieurs|2|3|@number) fois (de suite|sans|débité|le même)",
		"(débité|débitée|prélevé|prélevée|facturé|facturée) (deux|trois|@number|plusieurs) fois",
		"(heures|heure|jours|semaines|semaine|mois|minutes|min|h) (de retard|d'attente|que j'attends|que j'|sans|de trop)",
		"(en retard|du retard) (de|encore|!|toujours|comme d'habitude|sans)", "retards (de|à répétition|incessants)",
		"(mauvais|mauvaise|mauvaises|pire|piètre) (taille|adresse|produit|article|expérience|service|accueil|couleur|surprise|commande|pièce|foi|" +
			"qualité|état|client|modèle)",
		"personne (ne|n') (répond|nous|m'|s'en|décroche|a répondu|rappelle) *", "(répondeur|silence radio|en vain|sans succès)",
		"(affiche|affichent|indique|j'ai|message|obtiens) [un|une|le|d'|toujours|l'|message d'] (erreur|erreurs|jeton invalide)",
		"erreur (@number|lors|de|d'|sur|au|quand)",
		"(se|s') (ferme|coupe|déconnecte|bloque|plante|éteint|fige|vide) [toute|tout|tous|toutes|sans|au|en|dès|quand] *",
		"(connexion|internet|wifi|ligne|courant|réseau|eau|chauffage|serveur|site|appli|application|page) (coupe|saute|a sauté|rame|plante|bloque|" +
			"tombe|refuse|est mort|est morte|est coupé|est coupée|est down|lague|hs|reste)",
		"(a|ont) (sauté|planté|buggé|bugué|disparu|lâché|foiré|crashé|rendu l'âme)", "(j'ai|j'|nous avons|on a) plus (accès|de|rien|d'|les|le|la)",
		"(jai|g) plus", "(aviez|avais|avait|avaient) promis *",
		"(mon|ma|mes) (compte|carte|colis|commande|carte bleue|valise) (a été|est|n'est|n'a|ne) (bloqué|bloquée|débité|débitée|perdu|perdue|supprimé|" +
			"piraté|suspendu|annulée|pas|toujours|plus|jamais|arrivée|arrivé) *",
		"(je|j') (suis|me) (bloqué|bloquée|coincé|coincée|perdu|perdue|coinçé)", "(refuse|refusé|rejette) (mon|ma|mes|toujours|de)",
		"(fait|font) (un bruit|n'importe quoi|des siennes)", "(se plaignent|se plaint|me plains|nous plaignons|porter plainte)",
		"c'est (vraiment|quand même|carrément) (fort|nul|pas normal|abusé)", "pas normal",
		"(service|site|appli|accueil|support|sav) [client] (nul|nulle|lamentable|pourri|pourrie|inexistant|déplorable|minable|bidon)", "pire service",
		"(vous|on) (m'|nous) (a|avez|ont) (débité|prélevé|facturé|menti|oublié|oubliés|arnaqué|volé|raccroché|promis)",
		"(n'est|ne sont|n'était|n'étaient) (toujours pas|toujours plus) *",
		"(semble|semblerait|semblent) (y avoir un problème|y avoir eu un problème|y avoir un bug|y avoir un souci|bugué|bloqué)",
		"(alors qu'|alors que) (il|elle|ils|elles) (aurait|auraient|devrait|devraient)", "(a|ont) (perdu|disparu|raté|loupé|ruiné|gâché)",
		"(j'ai|nous avons|on a) reçu (la|le|un|une|les) (mauvais|mauvaise|mauvaises)", "(jamais|pas) (avoir|eu) de réponse",
		"merci (pour rien|bien)",
		"merci (pour|de|d') .. (retard|attente|perdu|perdre|perte|raté|gâché|oublié|ruiné|annulé|annulation|panne|heures|cassé|volé|pourri|mensonge|" +
			"fait perdre|galère|bordel|incompétence)",
		"bravo (la|le|les|pour le|pour la|pour les|,|encore|la sncf) [ponctualité|retard|attente|encore|une|organisation|service] *", "bravo encore",
		"encore (un|une) * (supprimé|supprimée|annulé|annulée|annulés|gâché|gâchée|sans|en retard|en panne|perdue|perdu)",
	}},
	{mute, []string{
		"(s'il|s'ils|si|quand|lorsque|dès que|au cas où) [il|elle|on|ça|cela|vous|tu|c'|n'|le|ce|le site] .. (marche pas|fonctionne pas|suffit pas|" +
			"marche plus|fonctionne plus|y a un problème|y a un souci)",
		"(pas|aucun|sans|plus|résoudre|régler|corriger|réparer|résolu|réglé|corrigé|éviter|causer|souci|sans aucun|étudions|étudier|aucune|le) (de " +
			"problème|de problèmes|de souci|de soucis|problème|problèmes|souci|soucis|bug|bugs|le problème|le bug|ce problème|ce bug|le souci|les bugs|" +
			"les problèmes|de bug|de pb)",
		"pas de (problème|problèmes|souci|soucis|quoi|mal|pb)", "(mon|son|le) (problème|souci) (avec ce|avec cette|avec le|est que)",
		"(bravo|félicitations|bravo à|bravo pour) (pour|à|l'équipe|aux|les|tous|tout|vous|toi)",
		"rien (à dire|d'autre|de grave|contre|que|de plus|ne presse)", "personne (ne sera|n'est parfait|n'ira|n'était)", "(tard|mieux) que",
		"il n'y a pas", "(dans le|au) pire", "pas (grave|faux|mal|bête|tort|forcément|que|si|trop|mal de)", "(même pas|pas) (besoin|pu)", "(non) plus",
		"n'importe (quel|quelle|où|qui|quand|comment)", "(en|de) retard (par rapport|sur moi)", "si le bus",
	}},
	{Acknowledgement, []string{
		"(nous avons|j'ai|on a|a|ont|avons) [bien|déjà] (bien reçu|reçu|pris note|noté|pris connaissance|pris en compte|enregistré) (votre|ta|ton|" +
			"tes|vos|le|la|l'|de|ça|cela|tout|ce|ces)",
		"bien (reçu|noté|reçue|reçues|parvenu|parvenue|enregistré|enregistrée|pris en compte|pris note)",
		"c'est (bien noté|noté|transmis|pris en compte|pris en note)",
		"(je|nous|on) (en prends|en prenons|prends|prenons|prend) (bonne|note|bien|en compte)", "^ (noté|reçu|ok noté|bien noté|bien reçu)",
		"(on|nous|je|j'|nos équipes|nos agents|l'équipe) [vais|allons|va|y|le|la|les|en] (regarde|regardons|vérifie|vérifions|étudie|étudions|" +
			"enquêtons|investiguons|voit|vois|voyons|regarder|vérifier|étudier|examinons|examiner|jette|jetons|analysons|analyse|surveille|surveillons|" +
			"creuse) [ça|cela|votre|ta|ton|le|la|les|l'|cette|ce|avec|auprès|et|de|tout|aussitôt|un] [près|plus]",
		"(je|on|nous) (vais|va|allons) [de ce pas|vite|bientôt|rapidement|tout de suite|lui|leur|leur en|lui en] (regarder|vérifier|arranger|" +
			"transmettre|remonter|étudier) (ça|cela|votre|ta|le|la|ce|ci|l'|auprès)",
		"(je|on|nous) (vais|va|allons) (en parler|m'en occuper|s'en occuper|arranger ça|voir ça|regarder ça|vérifier ça)",
		"(on|nous|sommes|suis|équipes sont) (est|sommes|suis|sont) (dessus|mobilisé|mobilisés|mobilisées|dessus pour|au courant)",
		"nos (équipes|techniciens|agents|services|développeurs) (sont|travaillent|font|mettent|étudient|vont|vous)",
		"(votre|ta|vos|tes|ton|la|cette) (demande|message|signalement|remarque|remarques|commentaire|commentaires|suggestion|suggestions|réclamation|" +
			"dossier|requête|mail|courrier|retour) (a|est|ont|sera|seront|nous|porte|fait) [bien|été|est] *",
		"(message|demande|requête|info|information|question|tout|c'est|bug) [bien] (transmis|transmise|remonté|remontée|relayé|relayée|passé|passée)",
		"(nous|je|on|j') [te|vous|y|leur|lui] (revenons|reviens|revient|reviendrons|reviendrai|recontacte|recontactons|répondrons|répondons|" +
			"répondrai|répond) [rapidement|très|vite|bientôt|vous|vers|dès|dans|sous|te|au plus|d'ici] *",
		"(revenons|reviens|revient|reviendrons|revenir|reviendrai) [rapidement|très vite] vers (vous|toi)", "nous y répondrons", "un ticket a",
		"(je|nous|on|j'|l') [le|la|l'|les|te|vous|vais|ai|avons|a|allons|leur|lui|en|faire|cours] (transmets|transmettons|transmet|remonte|remontons|" +
			"fais suivre|fait suivre|faisons suivre|transmis|transmettre|remonter|relaie|relaye|relayons|répercute|passe le mot|passe l'info|fais passer|" +
			"fais remonter|suivre|tiens au courant|répercuter|remonté|ai transmis|avons transmis)",
		"(avons|ai) (transmis|relayé|remonté) *", "(ont|a) (été|bien été) (transmises|transmis|transmise) (au|à|aux)",
		"(nous|je) (comprenons|comprends|entendons|vous comprenons) (votre|ta|bien|que|tout|vos|parfaitement)",
		"(merci|remercions|remercie) [de|pour|d'] [nous|m'|l'|nous l'|vous] [avoir|votre|ton|ce|cette|l'avoir] (signalement|signalé|alerté|prévenus|signaler)",
		"(sera|seront) (traité|traitée|traitées|étudié|étudiée|examiné|examinée|transmis|transmise|pris en charge|prise en compte)",
		"dans les (meilleurs|plus brefs) délais", "au plus vite", "(suivi|en cours) (de traitement|d'étude|d'analyse|d'investigation)",
		"on (s'en|s') occupe", "(je|on) (m'|s') en (occupe|charge)", "(gardons|garde) (précieusement|ça en tête|sous le coude)",
	}},
	{Deflection, []string{
		"(contactez|contacter|appelez|appeler|joignez|joindre|appelle|contacte|voir|voyez|rapprocher|rapprochez|adressez|adresser|adresse|demander|" +
			"demandez|demande|sollicitez|solliciter|rejoignez|rejoindre|interroger|consulter|consultez|écrire|écrivez|téléphoner|téléphonez|tourner|" +
			"tournez|s'adresser|vous adresser) [plutôt|directement|ça|donc|vous|nous|toi|auprès|de|d'|à|au|aux|avec|chez|vers|par] [directement] [auprès|" +
			"de|d'|à|au|aux|avec|chez|vers|par|en] (le|la|les|l'|notre|votre|nos|vos|ton|du|des|un|une|nous|son|sa) [service|centre|support|page] " +
			"(service|services|client|clients|clientèle|support|conseiller|conseillère|équipe|équipes|agence|guichet|vendeur|mairie|assistance|hotline|" +
			"standard|modérateur|modérateurs|modération|modos|admin|admins|faq|aide|site|centre|rubrique|page|formulaire|boutique|magasin|transporteur|" +
			"banque|syndic|propriétaire|gardien|préfecture|secrétariat|fabricant|fournisseur|@url)",
		"plutôt (à|a) adresser (à|a|au|aux)",
		"(envoyez|envoyer|envoie|écrivez|écrire|écris|contactez|contacter|joindre|joignez|rejoindre|passez|passer|venez|parlons|discutons|répondez|" +
			"transmettez|transmettre|indiquez|communiquez) [nous|moi|m'|le|la|vos|votre|tout|cela|ça] .. (en|par|via|un|dans) [un|votre|nos|le] (message " +
			"privé|messages privés|mp|dm|pv|privé|message direct|messagerie|message perso|mail|e mail|courriel|messagerie privée|messages directs)",
		"(en|par|via) (mp|dm|message privé|messages privés|message direct|messagerie privée|pv)",
		"(écrivez|écrire|écris|envoyez|envoyer|adressez|adresser|transmettez|contactez|contacter|mail|courriel) [nous|moi|un|le|la|votre|vos|un mail|" +
			"un courriel|*] [mail|courriel|message|demande|photos] [à|sur|via|au] @email",
		"(écrivez|envoyez|contactez|appelez|rejoignez|joignez) nous [un|en|par|au|sur|à|via|votre|vos]",
		"(appelez|appeler|contactez|téléphonez|contacter|joindre) .. @number",
		"(consultez|consulter|voir|voyez|lisez|lire|visitez|rendez vous sur|allez sur|allez voir|regardez|retrouvez) [plutôt|donc] (notre|la|le|l'|" +
			"nos|les|votre) [centre|page|site|rubrique] (faq|aide|d'aide|site|page|rubrique|foire|documentation|notice|post it|charte|règlement|" +
			"conditions|cgu|cgv)",
		"(centre d'aide|page d'aide|rubrique d'aide|foire aux questions)",
		"(passer|passez|utiliser|utilisez|remplir|remplissez|via|par) [par] (le|notre|ce|un) formulaire",
		"merci de (passer|vous rapprocher|nous contacter|contacter|vous adresser|nous écrire|consulter|remplir|appeler|voir|nous envoyer|vous rendre|" +
			"nous rejoindre|nous indiquer|adresser) [*]",
		"(utilisez|cliquez sur|suivez|via|avec) (ce|le) (lien|formulaire|bouton) [suivant|ci dessous]",
		"(vérifiez|regardez|consultez) vos (mp|dm|messages privés|messages)", "(vous|t') (avons|ai|a) (répondu|écrit|envoyé) .. (mp|dm|privé|mail)",
		"(je|nous) (vous|t') (invite|invitons|conseille|conseillons|suggère) (à|de) (nous|contacter|consulter|appeler|vous|prendre|joindre|écrire|" +
			"remplir|rejoindre|te|venir|passer)",
		"(notre|cette|la) (page|équipe|compte|adresse) ne (traite|gère|s'occupe|peut|traitons) pas",
		"(voir|vois|voyez) (ça|cela) [directement] (avec|auprès)",
		"faut (demander|voir ça|s'adresser|contacter|vous adresser) [ça] [directement] [à|avec|a|au]",
		"(il faudrait|faudrait|il faut|faut) [plutôt] (contacter|voir avec|appeler|vous adresser|s'adresser|en parler)",
		"c'est (clairement|bien|déjà) expliqué (dans|sur|ici)", "(plus d'informations|plus d'infos) (sur|ici|dans) (notre|le|la|@url)",
	}},
	{Thanks | vague, []string{
		"merci [beaucoup|bcp|bien|infiniment|énormément|mille fois|à tous|à toutes|à toi|à vous|à tous les deux|tout le monde]",
		"(mercis|mercii|merki|mersi|cimer|merci merci|mille mercis|mille merci|mille fois merci|remerciements)",
		"(je|nous) (vous|te) (remercie|remercions)", "(un|grand|énorme|gros|super) [grand|énorme|gros|immense|petit|super] (merci|remerciement)",
		"merci (pour|de) (votre|ton|vos|tes|ta|l'|ses|une|la|les) [future|futures] (réponse|réponses|aide|retour|retours|avis|attention|temps)",
		"merci à (tous|toutes|tout le monde|vous|toi)", "merci bien", "merci (de|d') (bonne|une bonne)",
	}},
	{Thanks, []string{
		"(je|nous|on) [vous|te|t'|le|les|la] [en] (remercie|remercions|tiens à remercier|tenons à remercier) (de|d'|pour|du|des|chaleureusement|" +
			"infiniment|sincèrement|encore|beaucoup|tous|toutes|*)",
		"(tiens|tenons|voulais|voudrais|voulions|souhaite|souhaitais|aimerais) [à|donc|juste|aussi] [vous|te|tous] remercier *",
		"(tiens|tenons) à (dire merci|remercier)",
		"merci (encore|infiniment pour|pour l'info|pour les|pour le|pour la|pour ce|pour cet|pour cette|pour ces|pour ton|pour ta|pour tes|pour " +
			"votre|pour vos|pour tout|pour l'|pour ça|pour cela|pour nous|pour m'|pour toutes|pour toute|aussi|surtout|quand même de) *",
		"encore merci", "merci (de|d'|pour) (avoir|m'avoir|nous avoir|l'avoir|t'être|vous être|ce|cet|cette|ces|ton|ta|votre|vos|tes) *",
		"merci (du|des|de l'aide|de l'info|de la précision|de la réponse|de la part) *",
		"merci [beaucoup|bcp|infiniment] (de|d'|pour) (l'aide|votre aide|ton aide|ta réponse|votre réponse|tes réponses|vos réponses|ta réactivité|" +
			"ta rapidité|votre rapidité|ce retour|cette réponse|ces réponses|ton retour|votre retour|l'info|cette précision|la précision|ta gentillesse|" +
			"communiquer) *",
		"merci à (celles|ceux|l'équipe|celui|ma|mon|la|le|les|nos|deux|vous deux|eux|@*)",
		"(d'abord|ok|okay|bon|super|génial|parfait|nickel|cool|ah|aah|bah|ben|d'accord|dac|top|impec|déjà|et|reçu|noté|transmis|suite|alors|ha|hé|oui|oki) merci",
		"c'est (adorable|gentil|très gentil|super gentil|trop gentil|sympa|très sympa|trop sympa) (de|d'|à)",
		"(reconnaissant|reconnaissante|reconnaissants|reconnaissance) (envers|pour|éternelle|à|infinie)",
		"(toute|éternelle) (ma|notre) (gratitude|reconnaissance)", "gratitude",
		"(vous|tu) (m'avez|m'as|nous avez|nous as) (sauvé|sauvée|sauvés|sauvés|bien aidé|bien aidée|beaucoup aidé)",
		"grâce à (vous|toi|ton aide|ta|votre|vos|tes|vous tous)", "(je|on) (te|vous) (dois|doit) une fière", "sans (toi|vous) (on|je|j'|nous) *",
		"(du|de tout) (fond|fond du) [du] (cœur|coeur)",
	}},
	{mute, []string{
		"sans merci", "à la merci (de|du|des) *", "dieu merci", "(dire|disent|dit|dites) merci",
		"(a|ont|avait|été|être|avoir|fut|est|l'a|m'a|nous a|vous) (remercié|remerciée|remerciés|remerciez|remercieriez|remercierez)",
		"(pouvez les|vous les|peut les) remercier", "merci de ré ouvrir",
		"(serions|serais|serait|serons|serai) [très|vraiment] (reconnaissants|reconnaissant|reconnaissante)", "(merci|mercis) de (quoi|rien)",
		"en remerciement",
	}},
	{courtesy, []string{
		"(merci|mercis|merci beaucoup|remerciements|merci bcp|merci encore|merci bien) (d'avance|par avance|à l'avance|d avance|davance|dav)",
		"(d'avance|par avance) (merci|mercis|mille merci|un grand merci)",
		"(en|vous|je|t'|te) [vous|t'|te] (remerciant|remercie|remercions) (d'avance|par avance|de votre attention|de bien vouloir)", "non merci",
		"merci quand même",
		"merci (de|pour|d') (votre|ton|ta|l'|vos) (attention|message|patience|confiance|compréhension|fidélité|intérêt|commande|visite|lecture|" +
			"commentaire|avis|participation|intérêt)",
		"merci (de|pour) (l'interêt|l'intérêt|l'attention) *", "merci (de|pour) m'avoir (lu|lue|lus)",
		"merci (de|d') [m'|nous] [avoir] (lu|lire|patienter|avoir lu|pris le temps de lire|pris le temps de me lire|avoir pris le temps de me lire|" +
			"avoir pris le temps de lire|avoir pris le temps de nous lire)",
		"merci (de|pour|d') (nous|m'|d') [avoir] (contactés|contacté|suivre|suivez|écouter|écouté)",
		"merci (de|pour|d') [m'|nous|me] [avoir] pris le temps (de|d') (me|nous|m'|lire) [lire|écouter] *",
		"merci (pour|de) (une|ta|tes|vos|votre|la|les|de) (future|futures|éventuelle|éventuelles|prochaine) (réponse|réponses)",
		"merci (pour|de) (la|une|ta|tes|vos|votre) (réponse|réponses) (future|à venir|éventuelle)",
		"merci pour (eux|elles|lui|elle|la communauté|nos amis|les joueurs)", "merci (de|pour) (tes|vos|ta|votre) (réponses|avis|futures réponses)",
		"(nous vous|nous te) remercions (de|pour) (votre|ta|ton) (message|patience|confiance|compréhension|fidélité|intérêt|commande)",
		"(désolé|désolée|navré|navrée|désolés|navrés|triste) (d'apprendre|de lire|d'entendre|de voir|de l'apprendre|du dérangement|de te déranger|de " +
			"vous déranger|de déranger)",
		"(désolé|désolée) (pour|du|de) (le dérangement|dérangement|le bruit|te déranger|vous déranger|le double post|le triple post|le pavé|double post)",
		"(bon|bonne|bons|bonnes|joyeux|joyeuse|joyeuses|excellent|excellente|belle|beau|agréable) (courage|chance|journée|soirée|nuit|continuation|" +
			"week end|weekend|dimanche|année|fin|fêtes|noël|anniversaire|vacances|route|jeu|appétit|retour|semestre|réception|après midi|semaine|matinée|" +
			"wk|we)",
		"(pas de|aucun) (problème|soucis|souci|quoi|pb)",
		"(de rien|avec plaisir|je t'en prie|je vous en prie|à votre service|à ton service|à votre disposition|à ta disposition|bien volontiers|" +
			"volontiers|bien sûr|entendu|d'accord|parfait|compris|ok|okay|impec|nickel|super|ça marche|prends ton temps|prenez votre temps|je teste|vais " +
			"essayer)",
		"je vais (essayer|tester|voir) [ça] [ce soir|de ce pas]",
		"(je|on) (vais|va) (essayer|tester|voir|faire|y|transmettre|regarder) [ça|cela|avec] [ce soir|demain|tout de suite|ça]",
		"(gêne|désagrément|désagréments|dérangement|inconvénient|inconvénients) [occasionné|occasionnée|occasionnés|subi]", "(dans|en) l'attente *",
		"(hâte|impatience|impatient|plaisir) (de|d'|à)", "(et|à) (bientôt|très vite|plus|demain|la prochaine|tout à l'heure|ce soir)",
		"(votre|ta|leur|la) (mécontentement|déception|frustration|colère|satisfaction|patience|compréhension)",
		"c'est (gentil|sympa|cool|noté|super|parfait|top|adorable|très gentil)", "(merci|tu fais|vous faites) (tu fais|vous faites|bien)",
		"[pour] (plus|davantage) d'(informations|infos)",
		"[pour|de] (votre|ta|ton|cette|ce|ces|tes|vos) (aide|réponse|réponses|retour|gentillesse|réactivité|rapidité|travail|soutien|accueil|" +
			"disponibilité|précision|précisions|infos|info|explication|explications|conseil|conseils) [rapide|rapides|claire|précise|précieuse|précieux]",
		"(répond|répondre|réponse|retour|traitement) (rapide|tardive|tardif)",
	}},
	{formula, []string{
		"(au plaisir|hâte|impatients|impatient) (de|d') *", "(nous|on) (espérons|espère) (vous|te|que|avoir) *",
		"(comprenons|comprends) (votre|ta) (déception|frustration|colère|mécontentement|inquiétude)", "en espérant (vous|avoir|que cela) *",
		"merci (de|pour) (votre|ta|vos|tes) (patience|signalement|attention|compréhension|fidélité|confiance|visite|avis|commentaire|commentaires|message) *",
		"(désolé|désolée|navré|navrée|désolés|navrés|triste|tristes) (d'apprendre|de lire|d'entendre|de voir|de l'apprendre|que votre|que vous|que tu|pour votre)",
		"(ravi|ravie|ravis|heureux|heureuse|content|contents|contente) (de|d'|que|qu') *",
		"(pour|afin de|que nous puissions|puissions|pouvoir) (vous|t'|te) (aider|répondre|renseigner|recontacter|assister)",
		"(n'hésitez|n'hésite|hésitez|hésite) pas [à] *", "(nous|on) (espérons|espère|prenons|mettons) *",
		"nous (ferons|allons faire|mettons tout) [de] (mieux|notre possible|tout|en œuvre)",
		"(nous|on) (sommes|est|restons) (là|à l'écoute|à votre écoute|à votre disposition) [pour]",
		"nous vous remercions (de|pour) (votre|vos|l') (message|patience|confiance|compréhension|fidélité|intérêt|commande|avis|retour|commentaire|visite)",
		"merci (de|pour) (votre|ta) (message|patience|confiance|compréhension|fidélité|commande|visite|avis|commentaire)",
	}},
	{Praise, []string{
		"(bravo|félicitations|felicitations|chapeau|chapeau bas|gg|respect|well played|congratulations)",
		"(super|excellent|excellente|beau|belle|bon|magnifique|formidable|sacré|joli|jolie|énorme|quel|gros|très bon|très belle|incroyable|superbe) " +
			"(travail|boulot|idée|initiative|équipe|projet|service|accueil|séjour|ouvrage|job|taf|site|appli|version|outil|expérience|moment|endroit|" +
			"lieu|article|dossier|tuto|réalisation|bel accueil|fête|voyage|soirée|jeu|mise à jour|maj)",
		"(magnifique|formidable|formidables|fantastique|sublime|merveilleux|merveilleuse|merveille|délicieux|délicieuse|un délice|un régal|" +
			"extraordinaire|exceptionnel|exceptionnelle|remarquable|superbe|impeccable|adorables|chaleureux|chaleureuse|un paradis|paradisiaque|une " +
			"réussite|bluffant|épatant)",
		"(séjour|accueil|service|tout|c'est|c'était|était|vraiment) [était] (parfait|parfaite|génial|géniale|excellent|excellente|au top)",
		"(j'adore|j'ai adoré|on adore|nous avons adoré|j'ai beaucoup aimé|je suis fan)",
		"(vraiment|très|trop|tellement|hyper|bien plus|plus) (agréable|réussi|réussie|beau|belle|joli|chouette|classe)",
		"c'est (très|vraiment|trop) (cool|sympa|bien|chouette)", "(vraiment|très|trop) sympa",
		"(t'es le|vous êtes les|tu es le|t'es la|tu es la|vous êtes le) (meilleur|meilleure|meilleurs|meilleures|best)",
		"(le|la) (meilleur|meilleure) (depuis|de ma|de tous|du monde)",
		"(quel|quelle|quels) (bel|beau|belle|délice|régal|bonheur|plaisir|accueil|talent|boulot|travail)",
		"(je|on) (recommande|conseille) (vivement|fortement|à tous|cet|ce|sans)", "ça gère",
		"(c'est|trop|très|vraiment) (du bon|du beau) (boulot|travail)", "beau boulot",
		"(ravi|ravie|ravis|enchanté|enchantés|conquis|conquise|comblés) (de|par|d'|du)", "(ça fait|font|fait vraiment) plaisir à voir",
		"des gens (passionnés|formidables|adorables)",
	}},
	{Solved, []string{
		"(ça|ca|cela|c'|tout|il|elle|le site|l'appli|ça y est|et ça|option|l'option|que ça) [y est|est|re|me] (remarche|refonctionne|re marche|re " +
			"fonctionne|marche|fonctionne|est réparé|est réglé|est résolu|est rétabli|est revenu|est rentré dans l'ordre|est réparée|est corrigé) [de|à|" +
			"bien|enfin|maintenant|désormais|parfaitement|très|nickel|nouveau|du tonnerre|super] [nouveau|bien|à présent|maintenant]",
		"(fonctionne|marche|remarche|refonctionne) (maintenant|à présent|enfin|de nouveau|à nouveau|parfaitement|bien maintenant|bien à présent|" +
			"nickel|impeccable|très bien|désormais)",
		"fonctionne bien", "(remarche|refonctionne)",
		"(problème|pb|souci|bug|bogue|soucis|panne|incident|c'est|tout est|ça|tout|devrait maintenant être|a été|est|sont|devrait être|est désormais|" +
			"bugs|est enfin) [est|a été|sont|maintenant|enfin|désormais|bien] (résolu|résolue|réglé|réglée|corrigé|corrigée|réparé|réparée|solutionné|" +
			"rétabli|rétablie|corrigés|réglés|résolus|réparés)",
		"^ (résolu|réglé|corrigé|réparé)", "rentré dans l'ordre", "(cette fois|là) [c'|c'est] [est] (bon|ok)",
		"c'est (bon|ok|nickel) (maintenant|à présent|désormais|confirmé|merci|pour moi|de mon côté|cette fois)",
		"(est|sont|de) (revenu|revenue|revenus|de retour|retour) (dans|chez|à la normale|ce|depuis|!|en ligne|à)",
		"(lumière|eau|courant|connexion|chauffage|électricité|internet|site|service|jeu) est (revenue|revenu|rétabli|rétablie|de retour|reparti|repartie)",
		"(corrigé|réglé|résolu|réparé) en *", "nickel (ça|,|tout|maintenant)", "(ça|qui) a (marché|fonctionné|réglé|résolu)",
	}},
	{mute, []string{
		"(pas|jamais|plus|toujours pas|si|comment|quand|pour que|que|pas encore|jusqu'à ce que|quand même|être|non) [encore|été|toujours|bien|ça|" +
			"cela|le] (résolu|réglé|corrigé|réparé|réparer|marche|fonctionne|marché|fonctionné|résolue|réparée)",
		"(comment|pourquoi|si|quand|où) (ça|ca|cela|il|elle) (marche|marchait|fonctionne|fonctionnait)",
		"(marche|fonctionne) (pas|plus|mal|mieux|jamais|à|en|sur|avec|sans)", "(ça|ca) marche (pas|plus|mal|mieux|jamais|comment|à|en|sur)",
		"n'a (pas|toujours pas) été", "(attente|en attente) d'(une|être) *",
	}},
	{SelfSolved, []string{
		"(finalement|enfin|bon|ok|ça y est|c bon|c'est bon|je) [finalement|ça y est|c'est bon|,] (j'ai|jai|g|j'|ai) [finalement|fini par|enfin] " +
			"(trouvé|trouver|trouvai|réussi|compris|résolu|réglé|corrigé)",
		"(j'ai|jai|je l'ai) (fini par|finalement|enfin) (trouver|trouvé|réussir|réussi|comprendre|compris|résolu|résoudre|réglé)",
		"(trouvé|réussi|résolu|réglé|régler|débrouillé|débrouillée|réparé|trouver) .. (tout seul|toute seule|moi même|par moi même)",
		"c'est bon [,] j'ai (trouvé|compris|réussi)", "(c bon|c'est bon) jai trouvé",
		"(laissez|laisse|oubliez|oublie) [tomber] [,] (j'ai|jai|c'est bon|finalement)", "(autant|au temps) pour moi", "je me réponds à moi",
		"(la réponse|la solution) (était|est) (dans|dans la|sous|juste|là)", "j'avais (mal|pas) (lu|vu|cherché|regardé|branché)",
		"je n'avais pas (vu|lu|fait attention)",
	}},
	{Withdrawn, []string{
		"(laissez|laisse|laissez donc) tomber",
		"(oubliez|oublie|oubliez donc|annulez|annule) (mon|ma|ce|ça|cela|cette|mes|tout) [message|demande|question|post|annonce|*]",
		"(ne|n') (tenez|tiens|tenir) [donc] (pas|plus) compte (de|du)",
		"(vous|tu) (pouvez|peux) (supprimer|effacer|fermer|clore|retirer|enlever|ignorer) [mon|ma|ce|le|la|cette|mes]",
		"(supprimez|supprime|effacez|efface|ignorez|ignore|fermez) (mon|ma|ce|le|cette) (message|annonce|post|sujet|question|précédent|commentaire|demande|fil|topic)",
		"(ignorez|ignore) (mon|ce)", "(je|j') (retire|annule) (ma|mon) (question|demande|message|annonce)",
		"(plus besoin|n'en ai plus besoin|n'ai plus besoin)",
	}},
	{Apology, []string{
		"(désolé|désolée|désolés|désolées|navré|navrée|navrés|navrées|confus|confuse)",
		"(toutes|mes|nos|présentons|présente|présentent|plates|sincères|plus plates) [nos|mes|toutes nos] [plus|plates|sincères] [plates|sincères] excuses",
		"nos excuses", "mes excuses",
		"(je|nous|m'|m'en|nous en) [nous|m'|vous|t'|en|m'en] (excuse|excusons|prie|prions) [de|d'] [nous|m'|bien vouloir nous] [excuser]",
		"(je|nous) (m'|nous|nous en|m'en|t'|vous) [en] (excuse|excusons)",
		"(veuillez|vous prions|vous prie|prions) [de] [bien vouloir] [nous|m'|nous en] excuser",
		"(veuillez|merci de|vous demandons|je vous demande) [nous|de|de nous|m'|d'] (excuser|pardon|pardonner)",
		"^ (pardon|sorry|scusez|excusez nous|excusez moi|excuse moi)", "(demande|demandons|vous demandons) (pardon|sincèrement pardon)",
		"(j'ai|nous avons) eu tort", "(pardonnez|pardonne) (nous|moi)", "sorry",
	}},
	{mute, []string{
		"(désolé|désolée|navré|désolés) (mais|de vous|si|d'insister|d'apprendre|de lire|d'entendre|de voir|de te|du dérangement)",
		"(désolé|désolée) (pour|du|de) (le dérangement|dérangement|le bruit|te déranger|vous déranger|te)", "pardon (mais|de vous|de te)",
		"(excusez|excuse) (moi|nous) (de|d'|mais|pour) (vous|te|mon|déranger|demander|la)",
		"je m'excuse (du|de|d'avance|par avance) (triple|double|vous|te|l')",
	}},
	{Promise, []string{
		"(nous|on|je|j') (vous|te|t'|les) [en] (tiendrons|tiendrai|tiens|tient|tenons|tiendra|tiennent) [bien|tous|toutes|vite|rapidement] (au " +
			"courant|informé|informés|informée|informées|au jus|au parfum)",
		"(tiendrons|tiendrai|tiens|tient|tien|tenons|tenir|tiendra) [vous|bien|donc] (au courant|informé|informés|informée|informées|au jus)",
		"(prochain|nouveau|autre) (point|bulletin|communiqué|point d'étape|point de situation|rdv)",
		"(nous|on|je) (ferons|fera|ferai|reviendrons|reviendra|reviendrai|publierons|publiera|donnerons|communiquerons|posterons|redirons|redis|" +
			"redit) [vous|te|un|des|une|nouveau|plus|de] [nouvelles|point|info|infos|informations|nouvelle]",
		"(on|je|nous) (vous|te) (redit|redis|redirons|redonne|donne des nouvelles|donnerons des nouvelles|donnera des nouvelles|reviens|préviens|" +
			"prévient|préviendrons|préviendrai)",
		"(nouvelles|point|réponse|info|infos|informations|annonce|news) (demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|avant|d'ici|très " +
			"vite|très bientôt|prochainement|dans la semaine|via une|sous)",
		"(plus|davantage) d'(infos|informations|nouvelles|info) (demain|bientôt|prochainement|lundi|mardi|mercredi|jeudi|vendredi|dans|à)",
		"(sera|seront|sera bientôt) (posté|publié|communiqué|annoncé|communiquée|annoncée|publiée|annoncées) *", "affaire à suivre",
	}},
	{mute, []string{"tenir au courant", "(tenez|tiens) (moi|nous) (au courant|informé|informés)"}},
	{Automatic, []string{
		"(message|réponse|mail|courriel|email|accusé de réception|notification|réponse d'absence) [est|de réception] (automatique|automatiques|" +
			"généré|générée|envoyé automatiquement|envoyée automatiquement)",
		"(ne pas|ne|n'y|d'y|de ne pas|ne pas y) (répondre|répondez) [pas] à ce", "merci de ne pas (y|répondre) [répondre|à ce|à cet]",
		"(absent|absente|absents|en congé|en congés|en vacances) (du bureau|du|jusqu'au|jusqu'à|actuellement|pour|de mon bureau|à partir)",
		"(boîte|boite|adresse|messagerie|boîte mail) [mail|électronique|*] n'est pas (relevée|consultée|surveillée|lue)",
		"(ne|n') (consulterai|consulte|relèverai|aurai|aurais) (pas|plus) (mes|ma|accès|d'accès)", "automatiquement (généré|envoyé|par)",
		"(envoyé|généré) automatiquement", "je suis un robot",
	}},
	{Greeting, []string{
		"^ (bonjour|bonjours|bonsoir|salut|coucou|hello|bjr|slt|cc|hey|hi|yo|re|plop|bien le bonjour|salutations|cher|chers|chère|chères|madame|" +
			"monsieur|re bonjour|re bonsoir) [à|a|les|tous|toutes|tout|ici|mes|bonjour|le|monsieur|madame|salut|m'sieur] [vous|tous|toutes|tout|le|monde|" +
			"dames|la|tout le] [et|deux|le monde|monde|compagnie] [à] [tous|toutes]",
		"(cordialement|bien cordialement|amicalement|bien à vous|bien à toi|sincèrement|respectueusement|salutations|cdlt|cdt|bises|bisous|biz|bise|" +
			"amitiés|à bientôt|a bientôt|bonne journée|bonne soirée|bonne fin de journée|au revoir|à plus|a plus|ciao|tchao|à la prochaine|bon week end) " +
			"[à|bisous] [tous|toutes|vous|toi]",
		"bienvenue [à|aux|dans|parmi] [tous|toutes|nouveaux|nouvelles|vous|nous]",
		"bonne (nuit|année|journée|soirée) [à|et] [vous|tous|toutes|toi|tout] [le monde|et] [toutes|tous|à]",
		"(joyeux noël|joyeuses fêtes|joyeuses pâques|bonnes fêtes) [à] [tous|toutes|vous]", "bonjour ici",
	}},
	{soft, []string{
		"(comment ça va|ça va|comment vas tu|comment allez vous|ça roule|quoi de neuf) [depuis]", "n'est-ce pas $",
		"(hein|quoi|si|pas vrai|non|d'accord|okay|ok|tu vois|vous voyez) $",
		"(à quoi bon|qui l'eût cru|qui sait|que voulez vous|que veux tu|qui s'en soucie|qui s'en soucie encore|comment dire|allez savoir|va savoir|" +
			"et alors|pourquoi pas|why not|qui vivra|et pourquoi pas|on parie)",
		"comment ca", "comment ça $", "vous trouvez pas", "qui montera", "qui sera", "(tu|vous) (rigoles|rigolez|plaisantes|plaisantez|déconnes)",
	}},
	{answer, []string{
		"il (suffit|faut|fallait|suffisait)", "(vous pouvez|tu peux|vous pourrez|tu pourras) *",
		"(parce que|parce qu'|car|à cause|en raison|car il|puisque|vu que)",
		"^ (oui|non|si|essayez|essaie|allez dans|cliquez|redémarrez|appuyez|maintenez|branchez|débranchez|installez|ouvrez|mettez|ajoutez|vérifiez|" +
			"vérifie|prenez|regardez|en fait|effectivement|exact|exactement)",
		"(la|le) (panne|problème|bug|souci|défaut|coupure|faute|erreur) (vient|venait|provient|est|était|sera) (de|du|d'|dans|lié|liée|dû|due|des)",
		"(sera|seront|serez) (de retour|rétabli|rétablie|remboursé|remboursée|réparé|livré|livrée|ouvert|ouverte|disponible|disponibles|prêt|corrigé|renvoyé)",
		"(c'est|est|sont) (dans|sous|au|en|à|sur|le|la|un|une) *",
		"(nous|on|je|j') (a|avons|ai|l'ai|l'a|l'avons) (corrigé|réparé|remplacé|remboursé|rétabli|changé|ajouté|modifié|supprimé|réglé|mis|envoyé|publié|fait)",
		"(devrait|devraient) (être|fonctionner|marcher|arriver)", "(malheureusement|hélas)",
		"(arrive|arrivera|ouvre|ouvrira|ferme|fermera|commence|repart|repartira|retour) (à|vers|le|dès|aujourd'hui|demain|lundi|mardi|mercredi|jeudi|vendredi)",
		"(maintenez|appuyez|cliquez|tapez|allez|branchez|sélectionnez|redémarrez) (sur|le|la|dans|en|reset|cinq|dix)",
		"(n'avons|n'avez|n'est|ne sont|ne sera|ne seront|ne pouvons|n'a) [malheureusement] (pas|plus|pas encore) (prévu|possible|encore|disponible|d'|de)",
	}},
}
