using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.France;

/// <summary>Wordings of the French centre.</summary>
internal static class FrancePhrases
{
    public static readonly Phrases All = new()
    {
        Joint = " ",
        Products = ["batterie externe", "appareil photo", "aspirateur", "routeur", "casque", "rasoir", "radiateur soufflant", "imprimante"],
        Shops = ["sur votre boutique en ligne", "dans un grand magasin", "chez un revendeur agréé", "sur une place de marché", "en galerie marchande"],
        Greetings = Phrases.Lines("""
            Bonjour,
            Madame, Monsieur,
            Bonsoir,
            Impossible de vous joindre par téléphone, je vous écris donc ici.
            Je rencontre un souci avec mon appareil ({product}).
            Client fidèle depuis des années, je suis déçu cette fois.
            """),
        Introductions = Phrases.Lines("""
            je m'appelle {full}.
            ici {full}, de {city}.
            j'écris pour ma mère, le compte est au nom de {full}.
            mon compte a pour adresse {email}.
            la facture est au nom de {full}, {address}, {city}.
            """),
        Symptoms = Phrases.SymptomTable("""
            ne charge pas|La {model} est restée branchée toute la nuit, le voyant clignote et la charge ne monte pas.
            se vide vite|Pleine, elle recharge à peine un téléphone, au début c'était trois.
            s'éteint seule|En pleine charge elle s'éteint et ne repart que si je rebranche le câble.

            photos floues|La mise au point va et vient sans jamais se fixer.
            ne s'allume pas|Le bouton de mise en marche ne fait rien, même avec une batterie neuve.
            photos perdues|Après chaque prise une erreur de carte s'affiche, la moitié des photos a disparu.

            n'aspire plus|Filtres nettoyés, et pourtant la poussière reste au sol.
            trop bruyant|L'appareil fait un tel bruit que les voisins se plaignent.
            s'arrête|Au bout de {n} minutes il s'arrête et doit refroidir.

            coupures|Le Wi-Fi coupe {n} fois par jour et ne revient qu'après un redémarrage.
            accès refusé|La page de réglage refuse mon mot de passe, même après réinitialisation.
            trop lent|Le soir le débit s'effondre et les vidéos se figent.

            un côté muet|Le côté droit est muet, sur trois téléphones différents.
            pas d'appairage|Mon téléphone ne trouve pas le {model}, j'ai essayé dix fois.
            grésillements|Un grésillement s'entend à tous les volumes.

            lame bloquée|La lame s'est bloquée en plein rasage et a tiré les poils.
            autonomie faible|Une charge complète ne tient que {n} minutes.

            ne chauffe pas|Même au maximum il ne souffle que de l'air froid.
            odeur de brûlé|Dix minutes après la mise en marche une odeur de brûlé se répand.

            bourrage papier|Le papier est retiré et le message de bourrage reste.
            introuvable|L'ordinateur ne trouve plus l'imprimante.
            """),
        Circumstances = Phrases.Lines("""
            Acheté le {bought}, il doit être sous garantie.
            Acheté {shop}, j'ai la facture.
            Le numéro de série est {serial}.
            J'ai suivi la notice et redémarré {n} fois.
            Je m'en sers depuis {n} mois.
            Tout allait bien jusqu'à la semaine dernière.
            Il n'est jamais tombé et n'a jamais pris l'eau.
            Un autre câble n'y change rien.
            """),
        Dangers = Phrases.Groups("""
            Hier soir une fumée blanche est sortie du côté.
            À peine branché, l'appareil a dégagé de la fumée.

            Le boîtier a gonflé et s'est fendu.
            La batterie est gonflée, l'appareil bascule sur la table.

            Je me suis brûlé le bout du doigt en le touchant.
            Mon enfant a touché la partie chaude et s'est brûlé la main.

            Pendant la charge il a pris feu et la nappe a brûlé.
            Une flamme est sortie du connecteur, je l'ai étouffée.

            J'ai reçu une décharge sur la partie métallique.
            Les mains sèches, j'ai senti une décharge électrique.
            """),
        Wishes = Phrases.Lines("""
            Je souhaite un échange.
            Je demande le remboursement.
            Est-ce couvert par la garantie ?
            Combien coûte la réparation, et combien de temps dure-t-elle ?
            Pouvez-vous passer le prendre ? Mon adresse : {address}.
            Merci de demander à {agent} de me rappeler.
            Que dois-je faire maintenant ?
            """),
        Contacts = Phrases.Lines("""
            Mon numéro est le {phone}, de préférence après 18 heures.
            Merci de répondre à {email}.
            Téléphone : {phone}, courriel : {email}.
            En journée je réponds au {phone}, demandez {family}.
            """),
        Secrets = Phrases.Lines("""
            Pour vérification : né le {birth}, numéro {secret}.
            Si besoin, le numéro est {secret}.
            Merci de rembourser sur {secret}.
            """),
        Farewells = Phrases.Lines("""
            Cordialement, {full}
            Merci d'avance !
            Bien à vous, {full}
            Dans l'attente de votre retour. {family}
            """),
        Subjects = Phrases.Lines("""
            {model} : {issue}
            {product} {issue}
            Panne {model} ({issue})
            {family}, garantie {model}
            Réclamation {product}
            """),
        Answers = Phrases.Lines("""
            {title} {family} au téléphone. Panne : {issue}. Conseillé de redémarrer et de réinitialiser.
            Demandé à {title} {family} une photo de la plaque.
            Notice envoyée à {email}, à observer une semaine.
            Message laissé au {phone}.
            Numéro de série {serial} vérifié, sous garantie. Enlèvement chez {title} {family}, {address}.
            """),
        Reactions = Phrases.Lines("""
            J'ai tout essayé, rien ne change.
            Merci de votre réponse rapide, je poste le colis aujourd'hui.
            C'est la troisième fois que j'explique, je veux parler à un responsable.
            Mon nouveau numéro est le {phone}.
            """),
        Notes = Phrases.Lines("""
            Interne : transmis au technique, vérifier le lot.
            Interne : {title} {family} avait déjà signalé la panne.
            Interne : {agent} attend les pièces pour la semaine prochaine.
            """),
        Solutions = Phrases.Lines("""
            Appareil neuf livré, {title} {family} confirme. Terminé.
            Appareil réparé, en retour.
            Remboursement fait, confirmation à {email}.
            La mise à jour a réglé le problème.
            """),
        Progress = Phrases.Lines("""
            {title} {family} demande où en est le dossier, contrôle en cours.
            Pièce en retard, client prévenu au {phone}.
            {agent} a la réponse du technique, photo demandée.
            """),
        Praise = Phrases.Lines("""
            Très aimable et rapide.
            {agent} a tout bien expliqué.
            """),
        Blame = Phrases.Lines("""
            Beaucoup trop d'attente au téléphone.
            {agent} était désagréable.
            J'ai dû tout expliquer trois fois. {full}
            """),
    };
}
