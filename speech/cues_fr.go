package speech

var cuesFR = []cue{
	{Question, []string{
		"^ (comment|pourquoi|quand|combien|où|quel|quelle|quels|quelles|qui|que|qu'|quoi)", "est-ce (que|qu')", "qu'est-ce", "(je|on) (me|se) demande (si|s'|comment|pourquoi|quand|où|ce)", "(savez|sais|sait) [-vous|-tu|-t-on] (si|s'|comment|pourquoi|quand|où)",
		"quelqu'un (sait|saurait|a|aurait|peut|pourrait|connait)", "(avez|auriez)-vous", "(as|aurais)-tu", "y a-t-il", "je (voudrais|voulais|souhaiterais|souhaitais|aimerais) savoir",
	}},
	{Request, []string{
		"(pourriez|pouvez|voudriez)-vous", "(pourrais|peux|voudrais)-tu", "vous (pourriez|pouvez) me", "tu (pourrais|peux) me", "merci de *", "merci de bien vouloir", "merci de ne pas", "(merci|prière) de", "je (voudrais|souhaiterais|aimerais|souhaite)",
		"(s'il vous plaît|s'il te plaît|svp|stp)", "besoin d'aide", "aidez[-moi|-nous]", "serait-il possible", "est-il possible", "veuillez",
	}},
	{Complaint, []string{
		"ne (marche|fonctionne|répond|démarre|s'affiche) (pas|plus)", "n'a (pas|jamais) (marché|fonctionné|répondu)", "(marche|fonctionne) (pas|plus)", "toujours (pas|rien|aucune)", "(scandaleux|inadmissible|inacceptable|honteux|lamentable)", "(bug|bugue|bogue|plante|panne|problème)",
		"(déçu|déçue|déçus)", "j'attends", "aucune (réponse|nouvelle|solution)", "ras le bol", "marre",
	}},
	{Acknowledgement, []string{
		"(nous avons|j'ai|on a) bien reçu", "bien reçu", "(on|nous) (regarde|regardons|vérifie|vérifions|étudie|étudions) (ça|cela|votre|ta|le|la|les)", "(je|on) (regarde|vérifie)", "(votre|ta) (demande|message|signalement) (a|est) .. (transmis|transmise|enregistré|enregistrée|pris|prise)",
		"(nous revenons|je reviens|on revient) vers (vous|toi)", "nous (allons|reviendrons) .. (revenir|vers vous)", "un ticket a été", "(je|nous|on) (transmets|transmettons|transmet|remonte|fais remonter)",
	}},
	{Deflection, []string{
		"(contactez|contacter|appelez|appeler) .. (service|support|conseiller|équipe|agence)", "(envoyez|envoyer|écrivez|écrire) .. (message privé|messages privés|mp|dm)", "en (mp|dm|message privé)", "(consultez|consulter) .. (faq|aide|site)",
	}},
	{Thanks, []string{"merci", "mercis", "je (vous|te) remercie", "nous vous remercions", "un grand merci", "mille mercis", "merci beaucoup", "thx"}},
	{courtesy, []string{"merci d'avance", "d'avance merci", "merci par avance", "en vous remerciant [d'avance|par avance]", "non merci", "merci quand même", "nous vous remercions (de|pour) votre (message|patience|confiance|compréhension)"}},
	{courtesy | sour, []string{"merci pour rien"}},
	{sour, []string{"(retard|panne|attente|perdu|raté)"}},
	{Praise, []string{"(bravo|félicitations|chapeau)", "(super|excellent|beau|bon) (travail|boulot)", "(parfait|génial|excellent|magnifique)"}},
	{Solved, []string{"(ça|cela|c'est|tout) (marche|fonctionne|remarche|refonctionne) [maintenant|enfin|de nouveau|à nouveau|bien]", "(résolu|réglé|corrigé)", "c'est (bon|réparé)", "ça (marche|fonctionne)"}},
	{SelfSolved, []string{"(finalement|enfin) j'ai (trouvé|réussi|compris)", "j'ai (trouvé|réussi) (tout seul|toute seule|finalement)", "(j'ai|c'est bon) [c'est bon] j'ai trouvé"}},
	{Withdrawn, []string{"laissez tomber", "laisse tomber", "(oubliez|oublie) (mon|ma|ce|ça)", "ne tenez pas compte de"}},
	{Apology, []string{"(désolé|désolée|désolés|navré|navrés)", "(toutes|mes|nos|nous) [nos|mes] (excuses|excusons)", "(veuillez|nous vous prions) .. excuser"}},
	{Promise, []string{"(nous|on|je) (vous|te|t') (tiendrons|tiendrai|tiens|tient|tenons) .. (au courant|informé|informés|informée)", "prochain point", "(nouvelles|point|réponse) (demain|lundi|mardi|mercredi|jeudi|vendredi|avant|d'ici)"}},
	{Automatic, []string{"(message|réponse|mail|courriel) automatique", "(ne pas répondre|ne répondez pas) à ce", "absent du bureau", "absente du bureau"}},
	{Greeting, []string{"^ (bonjour|bonsoir|salut|coucou|hello)", "(cordialement|bonne journée|bonne soirée|à bientôt|bon week-end|bien à vous|amicalement)", "bienvenue"}},
	{soft, []string{"(comment [allez-vous|vas-tu|ça va]|ça va) $", "n'est-ce pas $"}},
	{answer, []string{"il (suffit|faut)", "(vous pouvez|tu peux) *", "(parce que|car|à cause|en raison)", "^ (oui|non|ok|essayez|essaie|allez dans|cliquez|redémarrez)"}},
}
