<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>AccessWords</name>
    <message>
        <source>Add a group</source>
        <translation>Ajouter un groupe</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Groupes</translation>
    </message>
    <message>
        <source>Schedules</source>
        <translation>Horaires</translation>
    </message>
    <message>
        <source>Holidays</source>
        <translation>Jours fériés</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Règles</translation>
    </message>
    <message>
        <source>Who may enter</source>
        <translation>Qui peut entrer</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Accès</translation>
    </message>
    <message>
        <source>Add a schedule</source>
        <translation>Ajouter un horaire</translation>
    </message>
    <message>
        <source>Add a holiday</source>
        <translation>Ajouter un jour férié</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>Ajouter une règle</translation>
    </message>
    <message>
        <source>Another time</source>
        <translation>Autre moment</translation>
    </message>
    <message>
        <source>This cannot be read now</source>
        <translation>Lecture impossible pour l’instant</translation>
    </message>
    <message>
        <source>No groups yet</source>
        <translation>Pas encore de groupe</translation>
    </message>
    <message>
        <source>A group gathers people who may enter at the same times, such as the staff. Add one, then choose who is in it.</source>
        <translation>Un groupe réunit les personnes qui peuvent entrer aux mêmes heures, comme le personnel. Ajoutez-en un, puis choisissez ses membres.</translation>
    </message>
    <message>
        <source>No schedules yet</source>
        <translation>Pas encore d’horaire</translation>
    </message>
    <message>
        <source>A schedule says at which hours of the week a rule holds. Add one and paint its hours with a finger.</source>
        <translation>Un horaire dit à quelles heures de la semaine une règle s’applique. Ajoutez-en un et peignez ses heures du doigt.</translation>
    </message>
    <message>
        <source>No holidays yet</source>
        <translation>Pas encore de jour férié</translation>
    </message>
    <message>
        <source>On a holiday the door keeps other hours, or stays closed, for all schedules that heed holidays.</source>
        <translation>Un jour férié, la porte suit d’autres heures ou reste fermée, pour tous les horaires qui en tiennent compte.</translation>
    </message>
    <message>
        <source>Door %1</source>
        <translation>Porte %1</translation>
    </message>
    <message>
        <source>The rules were lost</source>
        <translation>Les règles ont été perdues</translation>
    </message>
    <message>
        <source>There were rules, and damage took them. Until you add them again, the door lets nobody in.</source>
        <translation>Il y avait des règles, elles ont été abîmées. Tant que vous ne les ajoutez pas de nouveau, la porte ne laisse entrer personne.</translation>
    </message>
    <message>
        <source>No rules yet</source>
        <translation>Pas encore de règle</translation>
    </message>
    <message>
        <source>Without any rule everybody enrolled may enter at any time. With the first rule, only who is in its group may, in its hours.</source>
        <translation>Sans règle, toute personne enregistrée peut entrer à toute heure. Dès la première règle, seules les personnes de son groupe le peuvent, à ses heures.</translation>
    </message>
    <message>
        <source>Now: %1</source>
        <translation>Maintenant : %1</translation>
    </message>
    <message>
        <source>May enter</source>
        <translation>Peut entrer</translation>
    </message>
    <message>
        <source>May not</source>
        <translation>Ne peut pas</translation>
    </message>
    <message>
        <source>Nobody is enrolled yet</source>
        <translation>Personne n’est encore enregistré</translation>
    </message>
    <message>
        <source>Here you will see who may enter at a time you choose, and why not.</source>
        <translation>Vous verrez ici qui peut entrer au moment de votre choix, et sinon pourquoi.</translation>
    </message>
    <message>
        <source>Name of the group</source>
        <translation>Nom du groupe</translation>
    </message>
    <message>
        <source>Group %1</source>
        <translation>Groupe %1</translation>
    </message>
    <message>
        <source>Name of the schedule</source>
        <translation>Nom de l’horaire</translation>
    </message>
    <message>
        <source>Schedule %1</source>
        <translation>Horaire %1</translation>
    </message>
    <message>
        <source>Remove the holiday %1?</source>
        <translation>Supprimer le jour férié %1 ?</translation>
    </message>
    <message>
        <source>The door keeps its usual hours that day.</source>
        <translation>La porte suit ses heures habituelles ce jour-là.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>The holiday %1 is removed.</source>
        <translation>Le jour férié %1 est supprimé.</translation>
    </message>
    <message>
        <source>Remove the rule %1?</source>
        <translation>Supprimer la règle %1 ?</translation>
    </message>
    <message>
        <source>It is the last one: then everybody enrolled may enter at any time.</source>
        <translation>C’est la dernière : toute personne enregistrée pourra alors entrer à toute heure.</translation>
    </message>
    <message>
        <source>Who enters by this rule alone stays outside then.</source>
        <translation>Qui n’entre que par cette règle restera dehors.</translation>
    </message>
    <message>
        <source>The rule %1 is removed.</source>
        <translation>La règle %1 est supprimée.</translation>
    </message>
    <message>
        <source>%1 (next day)</source>
        <comment>%1 is a period such as 22:00-06:00</comment>
        <translation>%1 (le lendemain)</translation>
    </message>
    <message>
        <source>all day</source>
        <translation>toute la journée</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <comment>periods of a day</comment>
        <translation>%1 et %2</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Jamais</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>À toute heure</translation>
    </message>
    <message>
        <source>Every day %1</source>
        <translation>Chaque jour %1</translation>
    </message>
    <message>
        <source>Closed all day</source>
        <translation>Fermée toute la journée</translation>
    </message>
    <message>
        <source>Only %1</source>
        <comment>%1 are periods of a day</comment>
        <translation>Seulement %1</translation>
    </message>
    <message>
        <source>%1, every year</source>
        <comment>%1 is a date</comment>
        <translation>%1, chaque année</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Visage</translation>
    </message>
    <message>
        <source>Face or PIN</source>
        <translation>Visage ou code</translation>
    </message>
    <message>
        <source>Face and PIN</source>
        <translation>Visage et code</translation>
    </message>
    <message>
        <source>Face and card</source>
        <translation>Visage et badge</translation>
    </message>
    <message>
        <source>Card and PIN</source>
        <translation>Badge et code</translation>
    </message>
    <message>
        <source>This door has no card reader yet. Such a rule would let nobody in.</source>
        <translation>Cette porte n’a pas encore de lecteur de badges. Une telle règle ne laisserait entrer personne.</translation>
    </message>
    <message>
        <source>PINs are switched off at this door. See Settings.</source>
        <translation>Les codes sont désactivés à cette porte. Voir les réglages.</translation>
    </message>
    <message>
        <source>Every door</source>
        <translation>Toutes les portes</translation>
    </message>
    <message>
        <source>This door</source>
        <translation>Cette porte</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 personne</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 personnes</translation>
    </message>
    <message>
        <source>Month before</source>
        <translation>Mois précédent</translation>
    </message>
    <message>
        <source>Next month</source>
        <translation>Mois suivant</translation>
    </message>
    <message>
        <source>Half an hour earlier</source>
        <translation>Une demi-heure plus tôt</translation>
    </message>
    <message>
        <source>Half an hour later</source>
        <translation>Une demi-heure plus tard</translation>
    </message>
    <message>
        <source>People who are enrolled can be chosen here for this group.</source>
        <translation>Les personnes enregistrées pourront être choisies ici pour ce groupe.</translation>
    </message>
    <message>
        <source>Remove this group</source>
        <translation>Supprimer ce groupe</translation>
    </message>
    <message>
        <source>In the group</source>
        <translation>Dans le groupe</translation>
    </message>
    <message>
        <source>Nobody is called that.</source>
        <translation>Personne ne porte ce nom.</translation>
    </message>
    <message>
        <source>Remove the group %1?</source>
        <translation>Supprimer le groupe %1 ?</translation>
    </message>
    <message>
        <source>%1: they stay enrolled, without this group.</source>
        <comment>%1 is &apos;3 people&apos;</comment>
        <translation>%1 : elles restent enregistrées, sans ce groupe.</translation>
    </message>
    <message>
        <source>The group %1 is removed.</source>
        <translation>Le groupe %1 est supprimé.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Every year</source>
        <translation>Chaque année</translation>
    </message>
    <message>
        <source>Open for hours</source>
        <translation>Ouverte quelques heures</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Jusqu’à</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>New holiday</source>
        <translation>Nouveau jour férié</translation>
    </message>
    <message>
        <source>%1 is saved.</source>
        <translation>%1 est enregistré.</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>What is asked for</source>
        <translation>Ce qui est demandé</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Nouvelle règle</translation>
    </message>
    <message>
        <source>Choose a group</source>
        <translation>Choisir un groupe</translation>
    </message>
    <message>
        <source>There is none yet: add one under Groups.</source>
        <translation>Il n’y en a pas encore : ajoutez-en un sous Groupes.</translation>
    </message>
    <message>
        <source>Choose a schedule</source>
        <translation>Choisir un horaire</translation>
    </message>
    <message>
        <source>There is none yet: add one under Schedules.</source>
        <translation>Il n’y en a pas encore : ajoutez-en un sous Horaires.</translation>
    </message>
    <message>
        <source>%1 may enter during %2. %3.</source>
        <comment>a group, a schedule, what is asked for</comment>
        <translation>%1 : entrée autorisée pendant %2. %3.</translation>
    </message>
    <message>
        <source>The rule is saved.</source>
        <translation>La règle est enregistrée.</translation>
    </message>
    <message>
        <source>The first rule: from now on only who has a rule may enter.</source>
        <translation>Première règle : désormais, seul qui a une règle peut entrer.</translation>
    </message>
    <message>
        <source>Without any rule now: %1.</source>
        <comment>%1 is &apos;3 people&apos;</comment>
        <translation>Sans règle à présent : %1.</translation>
    </message>
    <message>
        <source>On holidays too</source>
        <translation>Les jours fériés aussi</translation>
    </message>
    <message>
        <source>Paint the hours with a finger. Touch a day’s name to copy it.</source>
        <translation>Peignez les heures du doigt. Touchez le nom d’un jour pour le copier.</translation>
    </message>
    <message>
        <source>Painting rounds to half hours.</source>
        <translation>Peindre arrondit à la demi-heure.</translation>
    </message>
    <message>
        <source>To Monday to Friday</source>
        <translation>Vers lundi à vendredi</translation>
    </message>
    <message>
        <source>To every day</source>
        <translation>Vers chaque jour</translation>
    </message>
    <message>
        <source>To %1</source>
        <comment>%1 is a day of the week</comment>
        <translation>Vers %1</translation>
    </message>
    <message>
        <source>Empty this day</source>
        <translation>Vider ce jour</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <comment>%1 is a day of the week</comment>
        <translation>Copier %1</translation>
    </message>
    <message>
        <source>Give up what you painted?</source>
        <translation>Abandonner ce que vous avez peint ?</translation>
    </message>
    <message>
        <source>%1 stays as it was.</source>
        <translation>%1 reste comme avant.</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>Remove the schedule %1?</source>
        <translation>Supprimer l’horaire %1 ?</translation>
    </message>
    <message>
        <source>A schedule that a rule needs cannot be removed.</source>
        <translation>Un horaire dont une règle a besoin ne peut pas être supprimé.</translation>
    </message>
    <message>
        <source>The schedule %1 is removed.</source>
        <translation>L’horaire %1 est supprimé.</translation>
    </message>
    <message>
        <source>Hours of the week</source>
        <translation>Heures de la semaine</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>It is called %1 now.</source>
        <translation>Le nouveau nom est %1.</translation>
    </message>
</context>
<context>
    <name>AdminWords</name>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <source>Access</source>
        <comment>who may enter when</comment>
        <translation>Accès</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>There is nothing here for you</source>
        <translation>Il n’y a rien ici pour vous</translation>
    </message>
    <message>
        <source>Leaving in %1&#xa0;s. Touch the screen to stay.</source>
        <translation>Fermeture dans %1&#xa0;s. Touchez l’écran pour rester.</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>Gestion</translation>
    </message>
    <message>
        <source>Please enter your PIN.</source>
        <translation>Saisissez votre code, s’il vous plaît.</translation>
    </message>
    <message>
        <source>That PIN is not known here.</source>
        <translation>Ce code n’est pas connu ici.</translation>
    </message>
    <message>
        <source>Too many wrong PINs. Try again in %1.</source>
        <comment>%1 is a time such as 0:30</comment>
        <translation>Trop de codes erronés. Réessayez dans %1.</translation>
    </message>
    <message>
        <source>Set-up is closed</source>
        <translation>La mise en service est fermée</translation>
    </message>
    <message>
        <source>It was open for 30 minutes after the first start. To open it again, run this on the device: facelatch-ctl setup reopen</source>
        <translation>Elle était ouverte pendant 30 minutes après le premier démarrage. Pour la rouvrir, lancez sur l’appareil&#xa0;: facelatch-ctl setup reopen</translation>
    </message>
</context>
<context>
    <name>AdminsWords</name>
    <message>
        <source>Admins</source>
        <translation>Administrateurs</translation>
    </message>
    <message>
        <source>Add an admin</source>
        <translation>Ajouter un administrateur</translation>
    </message>
    <message>
        <source>Never signed in</source>
        <translation>Jamais connecté</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Next: the PIN</source>
        <translation>Suite : le code</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>Changer le code</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>This name can no longer sign in. What was done under it stays in the log.</source>
        <translation>Ce nom ne pourra plus se connecter. Ce qu’il a fait reste dans le journal.</translation>
    </message>
    <message>
        <source>Somebody must stay who may do everything: the last one keeps that role and cannot be removed.</source>
        <translation>Il doit rester quelqu’un qui peut tout : le dernier garde ce rôle et ne peut être retiré.</translation>
    </message>
    <message>
        <source>The same again, to be sure</source>
        <translation>Encore une fois, pour être sûr</translation>
    </message>
    <message>
        <source>The two were not the same. Please choose again.</source>
        <translation>Les deux n’étaient pas pareils. Choisissez de nouveau.</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Enregistré</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Enrol and log</source>
        <translation>Inscription et journal</translation>
    </message>
    <message>
        <source>May do everything, also change settings and admins.</source>
        <translation>Peut tout faire, y compris changer les réglages et les administrateurs.</translation>
    </message>
    <message>
        <source>May enrol people and read the log, nothing else.</source>
        <translation>Peut inscrire des personnes et lire le journal, rien d’autre.</translation>
    </message>
    <message>
        <source>Signed in %1</source>
        <translation>Connecté %1</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>Retirer %1 ?</translation>
    </message>
    <message>
        <source>A PIN of 6 to 8 digits for %1</source>
        <translation>Un code de 6 à 8 chiffres pour %1</translation>
    </message>
    <message>
        <source>%1 may sign in now</source>
        <translation>%1 peut maintenant se connecter</translation>
    </message>
    <message>
        <source>%1 has a new PIN</source>
        <translation>%1 a un nouveau code</translation>
    </message>
    <message>
        <source>%1 was removed</source>
        <translation>%1 a été retiré</translation>
    </message>
</context>
<context>
    <name>BackupWords</name>
    <message>
        <source>Backup</source>
        <translation>Sauvegarde</translation>
    </message>
    <message>
        <source>Write a backup</source>
        <translation>Écrire une sauvegarde</translation>
    </message>
    <message>
        <source>Everything this door knows, in one encrypted file on a stick</source>
        <translation>Tout ce que sait cette porte, dans un fichier chiffré sur une clé USB</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>Restaurer une sauvegarde</translation>
    </message>
    <message>
        <source>From a stick, also from another door</source>
        <translation>Depuis une clé USB, même d’une autre porte</translation>
    </message>
    <message>
        <source>Choose a stick</source>
        <translation>Choisissez une clé</translation>
    </message>
    <message>
        <source>No stick is plugged in</source>
        <translation>Aucune clé USB n’est branchée</translation>
    </message>
    <message>
        <source>Plug a USB stick into this device and look again.</source>
        <translation>Branchez une clé USB sur cet appareil, puis cherchez à nouveau.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Chercher à nouveau</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>%1 libres</translation>
    </message>
    <message>
        <source>This stick cannot be written</source>
        <translation>On ne peut pas écrire sur cette clé</translation>
    </message>
    <message>
        <source>People, faces, access rules and admins are always in it.</source>
        <translation>Personnes, visages, règles d’accès et administrateurs y sont toujours.</translation>
    </message>
    <message>
        <source>Settings of this screen</source>
        <translation>Réglages de cet écran</translation>
    </message>
    <message>
        <source>Log of visits and changes</source>
        <translation>Journal et changements</translation>
    </message>
    <message>
        <source>Pictures of visits</source>
        <translation>Photos des passages</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Phrase secrète</translation>
    </message>
    <message>
        <source>The same passphrase again</source>
        <translation>La même phrase secrète, encore</translation>
    </message>
    <message>
        <source>Four or more words that do not belong together</source>
        <translation>Au moins quatre mots sans rapport entre eux</translation>
    </message>
    <message>
        <source>At least %1 letters are needed</source>
        <translation>Il faut au moins %1 lettres</translation>
    </message>
    <message>
        <source>Easy to guess: add words</source>
        <translation>Facile à deviner&#xa0;: ajoutez des mots</translation>
    </message>
    <message>
        <source>Fair: one more word makes it strong</source>
        <translation>Correcte&#xa0;: un mot de plus la rend forte</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>Forte</translation>
    </message>
    <message>
        <source>The two passphrases differ</source>
        <translation>Les deux phrases diffèrent</translation>
    </message>
    <message>
        <source>Show what I type</source>
        <translation>Montrer ce que je tape</translation>
    </message>
    <message>
        <source>Write the backup</source>
        <translation>Écrire la sauvegarde</translation>
    </message>
    <message>
        <source>The backup is being written</source>
        <translation>La sauvegarde est en cours d’écriture</translation>
    </message>
    <message>
        <source>The backup is being restored</source>
        <translation>La sauvegarde est en cours de restauration</translation>
    </message>
    <message>
        <source>The backup is being checked</source>
        <translation>La sauvegarde est en cours de vérification</translation>
    </message>
    <message>
        <source>Leave the stick plugged in. The door works meanwhile.</source>
        <translation>Laissez la clé branchée. La porte fonctionne pendant ce temps.</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Abandonner</translation>
    </message>
    <message>
        <source>Give this up? Nothing will have changed.</source>
        <translation>Abandonner&#xa0;? Rien n’aura changé.</translation>
    </message>
    <message>
        <source>The backup is written and checked</source>
        <translation>La sauvegarde est écrite et vérifiée</translation>
    </message>
    <message>
        <source>Keep the passphrase, apart from the stick. Without it nobody can open this file.</source>
        <translation>Gardez la phrase secrète, loin de la clé. Sans elle, personne ne peut ouvrir ce fichier.</translation>
    </message>
    <message>
        <source>No backups here</source>
        <translation>Aucune sauvegarde ici</translation>
    </message>
    <message>
        <source>Their names end in .flbackup. Look into another folder, or plug in another stick.</source>
        <translation>Leur nom finit par .flbackup. Cherchez dans un autre dossier ou branchez une autre clé.</translation>
    </message>
    <message>
        <source>Open this backup</source>
        <translation>Ouvrir cette sauvegarde</translation>
    </message>
    <message>
        <source>With the passphrase it was written with. It is only looked at; nothing changes yet.</source>
        <translation>Avec la phrase secrète de son écriture. On la regarde seulement&#xa0;; rien ne change encore.</translation>
    </message>
    <message>
        <source>Look into it</source>
        <translation>Regarder dedans</translation>
    </message>
    <message>
        <source>Written on %1</source>
        <translation>Écrite le %1</translation>
    </message>
    <message>
        <source>People: %1, face templates: %2, admins: %3</source>
        <translation>Personnes&#xa0;: %1, gabarits de visage&#xa0;: %2, administrateurs&#xa0;: %3</translation>
    </message>
    <message>
        <source>Visits and refusals: %1, pictures: %2</source>
        <translation>Passages et refus&#xa0;: %1, photos&#xa0;: %2</translation>
    </message>
    <message>
        <source>Without the log</source>
        <translation>Sans le journal</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurer</translation>
    </message>
    <message>
        <source>Restore the backup of “%1”?</source>
        <translation>Restaurer la sauvegarde de «&#xa0;%1&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>People, faces, access rules and admins of this door are replaced: sign in with a PIN of the backup afterwards.</source>
        <translation>Les personnes, visages, règles d’accès et administrateurs de cette porte sont remplacés&#xa0;: identifiez-vous ensuite avec un code de la sauvegarde.</translation>
    </message>
    <message>
        <source>The log is replaced, too.</source>
        <translation>Le journal est remplacé aussi.</translation>
    </message>
    <message>
        <source>The log begins anew.</source>
        <translation>Le journal recommence à zéro.</translation>
    </message>
    <message>
        <source>The settings are replaced, too.</source>
        <translation>Les réglages sont remplacés aussi.</translation>
    </message>
    <message>
        <source>What is here now is kept aside. The door starts anew.</source>
        <translation>Ce qui est ici maintenant est mis de côté. La porte redémarre.</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>Restaurée</translation>
    </message>
    <message>
        <source>The door starts anew with the data of the backup, in a few seconds.</source>
        <translation>La porte redémarre avec les données de la sauvegarde, dans quelques secondes.</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>Cela n’a pas marché</translation>
    </message>
    <message>
        <source>Back to the beginning</source>
        <translation>Revenir au début</translation>
    </message>
</context>
<context>
    <name>DoctorWords</name>
    <message>
        <source>How this door is</source>
        <translation>L’état de cette porte</translation>
    </message>
    <message>
        <source>Looking at everything, a few seconds …</source>
        <translation>Examen en cours, quelques secondes…</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>This door</source>
        <translation>Cette porte</translation>
    </message>
    <message>
        <source>Parts of the program</source>
        <translation>Parties du programme</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Lumière</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Netteté</translation>
    </message>
    <message>
        <source>Face recognition</source>
        <translation>Reconnaissance des visages</translation>
    </message>
    <message>
        <source>Test face</source>
        <translation>Visage de test</translation>
    </message>
    <message>
        <source>Liveness check</source>
        <translation>Détection du vivant</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Serrure</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>Free space</source>
        <translation>Espace libre</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Base de données</translation>
    </message>
    <message>
        <source>Write buffer</source>
        <translation>Tampon d’écriture</translation>
    </message>
    <message>
        <source>Log of visits</source>
        <translation>Journal des passages</translation>
    </message>
    <message>
        <source>Pictures of visits</source>
        <translation>Photos des passages</translation>
    </message>
    <message>
        <source>Device key</source>
        <translation>Clé de l’appareil</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Horloge</translation>
    </message>
    <message>
        <source>Time server</source>
        <translation>Serveur de temps</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Fuseau horaire</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>Power supply</source>
        <translation>Alimentation</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>En ordre</translation>
    </message>
    <message>
        <source>Cannot be looked at here</source>
        <translation>Non visible ici</translation>
    </message>
    <message>
        <source>A setting is wrong. Mend it and start again.</source>
        <translation>Un réglage est faux. Corrigez-le et redémarrez.</translation>
    </message>
    <message>
        <source>Other users can change or read the settings. Take that right away.</source>
        <translation>D’autres utilisateurs peuvent lire ou changer les réglages. Retirez-leur ce droit.</translation>
    </message>
    <message>
        <source>The program does not answer. Restart it.</source>
        <translation>Le programme ne répond pas. Redémarrez-le.</translation>
    </message>
    <message>
        <source>Something is missing, see below.</source>
        <translation>Il manque quelque chose, voir ci-dessous.</translation>
    </message>
    <message>
        <source>A part is busy or hangs. Restart if it stays so.</source>
        <translation>Une partie est occupée ou bloquée. Redémarrez si cela dure.</translation>
    </message>
    <message>
        <source>No picture. Check the cable behind the panel.</source>
        <translation>Pas d’image. Vérifiez le câble derrière le panneau.</translation>
    </message>
    <message>
        <source>The picture stands still. Unplug the camera and plug it in again.</source>
        <translation>L’image est figée. Débranchez puis rebranchez la caméra.</translation>
    </message>
    <message>
        <source>Too few pictures a second. More light helps.</source>
        <translation>Trop peu d’images par seconde. Plus de lumière aide.</translation>
    </message>
    <message>
        <source>These pictures never open a real lock. Choose a live camera.</source>
        <translation>Ces images n’ouvrent jamais une vraie serrure. Choisissez une caméra en direct.</translation>
    </message>
    <message>
        <source>The pictures come over a network. Keep that network apart.</source>
        <translation>Les images viennent d’un réseau. Isolez ce réseau.</translation>
    </message>
    <message>
        <source>Too dark. More light from the front; is the lens covered?</source>
        <translation>Trop sombre. Éclairez de face&#xa0;; l’objectif est-il couvert&#xa0;?</translation>
    </message>
    <message>
        <source>Too bright. Turn the camera away from the light.</source>
        <translation>Trop clair. Détournez la caméra de la lumière.</translation>
    </message>
    <message>
        <source>Blurred. Clean the lens and set its focus.</source>
        <translation>Flou. Nettoyez l’objectif et réglez la mise au point.</translation>
    </message>
    <message>
        <source>A file is missing or wrong. Install it again.</source>
        <translation>Un fichier manque ou est faux. Réinstallez-le.</translation>
    </message>
    <message>
        <source>It computes wrongly on this device. Install the libraries again.</source>
        <translation>Le calcul est faux sur cet appareil. Réinstallez les bibliothèques.</translation>
    </message>
    <message>
        <source>Not compared on this device. Try it with people you know.</source>
        <translation>Non comparé sur cet appareil. Essayez avec des personnes connues.</translation>
    </message>
    <message>
        <source>The face of the test is not found. Install the recognition again.</source>
        <translation>Le visage de test n’est pas trouvé. Réinstallez la reconnaissance.</translation>
    </message>
    <message>
        <source>Switched off: a photograph can open this door. Switch it on.</source>
        <translation>Désactivée&#xa0;: une photo peut ouvrir cette porte. Activez-la.</translation>
    </message>
    <message>
        <source>It cannot run. Install it again.</source>
        <translation>Elle ne peut pas fonctionner. Réinstallez-la.</translation>
    </message>
    <message>
        <source>It does not answer. Check its power, its cable and its service.</source>
        <translation>Elle ne répond pas. Vérifiez son alimentation, son câble et son service.</translation>
    </message>
    <message>
        <source>Another program controls it. End that program.</source>
        <translation>Un autre programme la commande. Arrêtez-le.</translation>
    </message>
    <message>
        <source>No real lock is driven. Set it up for a door in use.</source>
        <translation>Aucune vraie serrure n’est commandée. Configurez-la pour une porte en service.</translation>
    </message>
    <message>
        <source>It refuses to open for so long. Shorten the opening time.</source>
        <translation>Elle refuse de s’ouvrir si longtemps. Raccourcissez la durée d’ouverture.</translation>
    </message>
    <message>
        <source>There is no data yet.</source>
        <translation>Il n’y a pas encore de données.</translation>
    </message>
    <message>
        <source>The data belongs to another user. Start as that user.</source>
        <translation>Les données sont à un autre utilisateur. Démarrez sous son nom.</translation>
    </message>
    <message>
        <source>Other users can read the data. Take that right away.</source>
        <translation>D’autres utilisateurs peuvent lire les données. Retirez-leur ce droit.</translation>
    </message>
    <message>
        <source>Nothing can be written. Check the card or disk.</source>
        <translation>Écriture impossible. Vérifiez la carte ou le disque.</translation>
    </message>
    <message>
        <source>Little space is left. Free some, or keep fewer pictures.</source>
        <translation>Il reste peu d’espace. Libérez-en ou gardez moins de photos.</translation>
    </message>
    <message>
        <source>The card or disk is full. Free some space.</source>
        <translation>La carte ou le disque est plein. Libérez de l’espace.</translation>
    </message>
    <message>
        <source>Damaged. Copy the data, restart, then renew the card or disk.</source>
        <translation>Endommagée. Copiez les données, redémarrez, puis changez la carte ou le disque.</translation>
    </message>
    <message>
        <source>Written by a newer version. Install that one.</source>
        <translation>Écrite par une version plus récente. Installez-la.</translation>
    </message>
    <message>
        <source>It cannot be read. Check the card or disk.</source>
        <translation>Lecture impossible. Vérifiez la carte ou le disque.</translation>
    </message>
    <message>
        <source>It is not being emptied. Restart the door.</source>
        <translation>Il ne se vide pas. Redémarrez la porte.</translation>
    </message>
    <message>
        <source>Visits wait in memory. Mend the storage, leave the door on.</source>
        <translation>Des passages attendent en mémoire. Réparez le stockage sans éteindre la porte.</translation>
    </message>
    <message>
        <source>Visits were lost. Mend the storage.</source>
        <translation>Des passages sont perdus. Réparez le stockage.</translation>
    </message>
    <message>
        <source>The damaged database was rebuilt. Renew the card or disk.</source>
        <translation>La base endommagée a été reconstruite. Changez la carte ou le disque.</translation>
    </message>
    <message>
        <source>Some visits have no picture. Mend the storage.</source>
        <translation>Des passages n’ont pas de photo. Réparez le stockage.</translation>
    </message>
    <message>
        <source>It is missing. Put it back from your copy.</source>
        <translation>Elle manque. Remettez-la depuis votre copie.</translation>
    </message>
    <message>
        <source>Other users can read it. Take that right away.</source>
        <translation>D’autres utilisateurs peuvent la lire. Retirez-leur ce droit.</translation>
    </message>
    <message>
        <source>It cannot be used. Put the right one back.</source>
        <translation>Elle est inutilisable. Remettez la bonne.</translation>
    </message>
    <message>
        <source>The time is wrong. Set the clock.</source>
        <translation>L’heure est fausse. Réglez l’horloge.</translation>
    </message>
    <message>
        <source>It follows no time server. Look at the time now and then.</source>
        <translation>Aucun serveur de temps n’est suivi. Vérifiez l’heure de temps en temps.</translation>
    </message>
    <message>
        <source>None is set. Choose yours.</source>
        <translation>Aucun n’est réglé. Choisissez le vôtre.</translation>
    </message>
    <message>
        <source>Too hot. Give the device air.</source>
        <translation>Trop chaud. Aérez l’appareil.</translation>
    </message>
    <message>
        <source>Too weak. Use the supply made for this device.</source>
        <translation>Trop faible. Utilisez l’alimentation prévue pour cet appareil.</translation>
    </message>
    <message>
        <source>No address. The door works without one.</source>
        <translation>Pas d’adresse. La porte fonctionne sans.</translation>
    </message>
    <message>
        <source>Viewers</source>
        <translation>Postes de suivi</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Certificat</translation>
    </message>
    <message>
        <source>They cannot reach this door. See the settings.</source>
        <translation>Ils ne joignent pas cette porte. Voir les réglages.</translation>
    </message>
    <message>
        <source>It cannot be used. Put the right files there.</source>
        <translation>Inutilisable. Mettez les bons fichiers.</translation>
    </message>
    <message>
        <source>It is ending. Renew it on this device.</source>
        <translation>Il expire. Renouvelez-le sur cet appareil.</translation>
    </message>
</context>
<context>
    <name>EnrolWords</name>
    <message>
        <source>Add somebody</source>
        <translation>Ajouter une personne</translation>
    </message>
    <message>
        <source>New pictures of %1</source>
        <translation>Nouvelles photos de %1</translation>
    </message>
    <message>
        <source>Who is it?</source>
        <translation>Qui est-ce&#xa0;?</translation>
    </message>
    <message>
        <source>Agrees to being recognised by the face</source>
        <translation>Accepte d’être reconnue par le visage</translation>
    </message>
    <message>
        <source>Ask, and show the text. It is kept with the time and your name, %1. Whoever does not agree comes in by PIN or card.</source>
        <translation>Demandez et montrez le texte. L’accord est gardé avec l’heure et votre nom, %1. Sans accord, la personne entre avec un code ou un badge.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Commencer</translation>
    </message>
    <message>
        <source>Without a face</source>
        <translation>Sans visage</translation>
    </message>
    <message>
        <source>One moment, the camera is being prepared</source>
        <translation>Un instant, la caméra se prépare</translation>
    </message>
    <message>
        <source>%1 of 5: %2</source>
        <comment>%2 is what to do</comment>
        <translation>%1 sur 5&#xa0;: %2</translation>
    </message>
    <message>
        <source>look straight ahead</source>
        <translation>regardez droit devant</translation>
    </message>
    <message>
        <source>turn your head a little to the left</source>
        <translation>tournez un peu la tête à gauche</translation>
    </message>
    <message>
        <source>turn your head a little to the right</source>
        <translation>tournez un peu la tête à droite</translation>
    </message>
    <message>
        <source>look up a little</source>
        <translation>levez un peu les yeux</translation>
    </message>
    <message>
        <source>look straight ahead and smile</source>
        <translation>regardez droit devant et souriez</translation>
    </message>
    <message>
        <source>Please look at the camera</source>
        <translation>Regardez la caméra, s’il vous plaît</translation>
    </message>
    <message>
        <source>Come a little closer</source>
        <translation>Approchez un peu</translation>
    </message>
    <message>
        <source>Take a small step back</source>
        <translation>Reculez d’un petit pas</translation>
    </message>
    <message>
        <source>Move to the middle, please</source>
        <translation>Placez-vous au milieu, s’il vous plaît</translation>
    </message>
    <message>
        <source>A little more light, please</source>
        <translation>Un peu plus de lumière, s’il vous plaît</translation>
    </message>
    <message>
        <source>A little less light, please</source>
        <translation>Un peu moins de lumière, s’il vous plaît</translation>
    </message>
    <message>
        <source>Please hold still</source>
        <translation>Ne bougez plus, s’il vous plaît</translation>
    </message>
    <message>
        <source>One person at a time</source>
        <translation>Une personne à la fois</translation>
    </message>
    <message>
        <source>Look straight ahead</source>
        <translation>Regardez droit devant</translation>
    </message>
    <message>
        <source>Turn your head to the left</source>
        <translation>Tournez la tête à gauche</translation>
    </message>
    <message>
        <source>Turn your head to the right</source>
        <translation>Tournez la tête à droite</translation>
    </message>
    <message>
        <source>Look up a little</source>
        <translation>Levez un peu les yeux</translation>
    </message>
    <message>
        <source>Now a smile, please</source>
        <translation>Un sourire, s’il vous plaît</translation>
    </message>
    <message>
        <source>A picture cannot be enrolled. Please come yourself</source>
        <translation>Une photo ne peut pas être enregistrée. Venez vous-même</translation>
    </message>
    <message>
        <source>This is not the person of the first picture</source>
        <translation>Ce n’est pas la personne de la première photo</translation>
    </message>
    <message>
        <source>Are these good?</source>
        <translation>Ces photos conviennent-elles&#xa0;?</translation>
    </message>
    <message>
        <source>Again</source>
        <comment>take this picture again</comment>
        <translation>Refaire</translation>
    </message>
    <message>
        <source>Let’s try it</source>
        <translation>Essayons</translation>
    </message>
    <message>
        <source>Step back and look again</source>
        <translation>Reculez et regardez encore une fois</translation>
    </message>
    <message>
        <source>Recognised: excellent</source>
        <translation>Reconnue&#xa0;: excellent</translation>
    </message>
    <message>
        <source>Recognised: good</source>
        <translation>Reconnue&#xa0;: bien</translation>
    </message>
    <message>
        <source>Recognised: weak</source>
        <translation>Reconnue&#xa0;: faible</translation>
    </message>
    <message>
        <source>Not recognised</source>
        <translation>Non reconnue</translation>
    </message>
    <message>
        <source>The door will refuse now and then. Take some pictures again, with light from the front.</source>
        <translation>La porte refusera de temps en temps. Refaites quelques photos, avec la lumière de face.</translation>
    </message>
    <message>
        <source>The door would not open. Take the pictures again, where people stand at the door.</source>
        <translation>La porte ne s’ouvrirait pas. Refaites les photos, là où l’on se tient devant la porte.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>Enregistrement…</translation>
    </message>
    <message>
        <source>This face is enrolled already, as %1</source>
        <translation>Ce visage est déjà enregistré&#xa0;: %1</translation>
    </message>
    <message>
        <source>This looks like a picture of a face</source>
        <translation>Cela ressemble à la photo d’un visage</translation>
    </message>
    <message>
        <source>The camera gives no picture</source>
        <translation>La caméra ne donne pas d’image</translation>
    </message>
    <message>
        <source>It took too long</source>
        <translation>Cela a duré trop longtemps</translation>
    </message>
    <message>
        <source>Nobody can be enrolled now</source>
        <translation>Personne ne peut être enregistré pour le moment</translation>
    </message>
    <message>
        <source>Nothing was saved. If this is somebody else who looks alike, go on; you will be told what to do.</source>
        <translation>Rien n’a été enregistré. Si c’est une autre personne qui lui ressemble, continuez&#xa0;; la suite vous sera indiquée.</translation>
    </message>
    <message>
        <source>Nothing was saved. Let the person stand before the camera, in even light.</source>
        <translation>Rien n’a été enregistré. La personne doit se tenir devant la caméra, dans une lumière égale.</translation>
    </message>
    <message>
        <source>Nothing was saved. Check the cable behind the panel, then begin again.</source>
        <translation>Rien n’a été enregistré. Vérifiez le câble derrière l’écran, puis recommencez.</translation>
    </message>
    <message>
        <source>Nothing was saved. Begin again when the person is there.</source>
        <translation>Rien n’a été enregistré. Recommencez quand la personne est là.</translation>
    </message>
    <message>
        <source>A part of the recognition is missing. See System.</source>
        <translation>Il manque une partie de la reconnaissance. Voyez Système.</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>Recommencer</translation>
    </message>
    <message>
        <source>This is somebody else</source>
        <translation>C’est une autre personne</translation>
    </message>
    <message>
        <source>%1 is enrolled</source>
        <translation>%1 est enregistré(e)</translation>
    </message>
    <message>
        <source>Stop enrolling %1?</source>
        <translation>Arrêter d’enregistrer %1&#xa0;?</translation>
    </message>
    <message>
        <source>The pictures taken so far are thrown away.</source>
        <translation>Les photos déjà prises sont jetées.</translation>
    </message>
    <message>
        <source>Stop</source>
        <comment>a button</comment>
        <translation>Arrêter</translation>
    </message>
</context>
<context>
    <name>ImportWords</name>
    <message>
        <source>From photographs</source>
        <translation>Depuis des photos</translation>
    </message>
    <message>
        <source>Put one folder for each person on a USB stick, named after them, with 1 to 12 photographs. 3 to 5 good ones are enough.</source>
        <translation>Mettez sur une clé USB un dossier par personne, à son nom, avec 1 à 12 photos. 3 à 5 bonnes photos suffisent.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Read the photographs</source>
        <translation>Lire les photos</translation>
    </message>
    <message>
        <source>No USB stick is plugged in</source>
        <translation>Aucune clé USB n’est branchée</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Regarder encore</translation>
    </message>
    <message>
        <source>%1 of %2 people</source>
        <translation>%1 personnes sur %2</translation>
    </message>
    <message>
        <source>Stopped. People added: %1</source>
        <translation>Arrêté. Personnes ajoutées&#xa0;: %1</translation>
    </message>
    <message>
        <source>Done. Added: %1, not added: %2</source>
        <translation>Terminé. Ajoutées&#xa0;: %1, non ajoutées&#xa0;: %2</translation>
    </message>
    <message>
        <source>Added, pictures: %1</source>
        <translation>Ajoutée, photos&#xa0;: %1</translation>
    </message>
    <message>
        <source>Not added</source>
        <translation>Non ajoutée</translation>
    </message>
    <message>
        <source>%1 (and %2 more)</source>
        <translation>%1 (et %2 autres)</translation>
    </message>
</context>
<context>
    <name>InstallerWords</name>
    <message>
        <source>nobody is enrolled</source>
        <translation>personne n’est enregistré</translation>
    </message>
    <message>
        <source>not compared</source>
        <translation>pas comparé</translation>
    </message>
    <message>
        <source>removed person</source>
        <translation>personne supprimée</translation>
    </message>
    <message>
        <source>liveness off</source>
        <translation>vivant désactivé</translation>
    </message>
    <message>
        <source>liveness cannot run</source>
        <translation>vivant indisponible</translation>
    </message>
    <message>
        <source>good view</source>
        <translation>bonne vue</translation>
    </message>
    <message>
        <source>too small</source>
        <translation>trop petit</translation>
    </message>
    <message>
        <source>too blurred</source>
        <translation>trop flou</translation>
    </message>
    <message>
        <source>too dark</source>
        <translation>trop sombre</translation>
    </message>
    <message>
        <source>too bright</source>
        <translation>trop clair</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>tourné</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>coupé</translation>
    </message>
    <message>
        <source>%1 × %2 px, %3</source>
        <comment>width, height, quality of the face</comment>
        <translation>%1 × %2 px, %3</translation>
    </message>
    <message>
        <source>sharp %1, light %2, turned %3°</source>
        <comment>quality values of the face</comment>
        <translation>netteté %1, lumière %2, angle %3°</translation>
    </message>
    <message>
        <source>camera %1/s, looked at %2/s</source>
        <comment>frames a second</comment>
        <translation>caméra %1/s, examiné %2/s</translation>
    </message>
    <message>
        <source>age %1 ms, skipped %2</source>
        <comment>of the frame; frames not looked at</comment>
        <translation>âge %1 ms, sautées %2</translation>
    </message>
    <message>
        <source>threshold %1, margin %2</source>
        <translation>seuil %1, marge %2</translation>
    </message>
    <message>
        <source>alive above %1</source>
        <comment>threshold of the liveness score</comment>
        <translation>vivant au-dessus de %1</translation>
    </message>
    <message>
        <source>liveness not checked yet</source>
        <translation>vivant pas encore vérifié</translation>
    </message>
    <message>
        <source>liveness so far %1 (%2)</source>
        <comment>score, number of frames</comment>
        <translation>vivant pour l’instant %1 (%2)</translation>
    </message>
    <message>
        <source>liveness %1 (%2)</source>
        <comment>score, number of frames</comment>
        <translation>vivant %1 (%2)</translation>
    </message>
    <message>
        <source>then %1 %2</source>
        <comment>second-best person, score</comment>
        <translation>puis %1 %2</translation>
    </message>
    <message>
        <source>lead %1</source>
        <translation>avance %1</translation>
    </message>
    <message>
        <source>detect %1, embed %2 ms</source>
        <comment>times of the stages</comment>
        <translation>visage %1, empreinte %2 ms</translation>
    </message>
    <message>
        <source>liveness %1, frame %2 ms</source>
        <comment>times of the stages</comment>
        <translation>vivant %1, image %2 ms</translation>
    </message>
</context>
<context>
    <name>KeyPad</name>
    <message>
        <source>Delete the last digit</source>
        <translation>Effacer le dernier chiffre</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>Valider</translation>
    </message>
</context>
<context>
    <name>KitWords</name>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Close</source>
        <comment>a button</comment>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Défaire</translation>
    </message>
    <message>
        <source>Empty the field</source>
        <translation>Vider le champ</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Delete the last digit</source>
        <translation>Effacer le dernier chiffre</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Moins</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>De %1 à %2</translation>
    </message>
    <message>
        <source>From %1 to %2 %3</source>
        <translation>De %1 à %2 %3</translation>
    </message>
    <message>
        <source>This cannot be taken as it is.</source>
        <translation>Ceci ne peut pas être accepté tel quel.</translation>
    </message>
    <message>
        <source>Something that is needed for this is missing.</source>
        <translation>Il manque quelque chose de nécessaire.</translation>
    </message>
    <message>
        <source>This was written by a newer version.</source>
        <translation>Ceci a été écrit par une version plus récente.</translation>
    </message>
    <message>
        <source>Something else is using it now.</source>
        <translation>C’est utilisé par autre chose en ce moment.</translation>
    </message>
    <message>
        <source>It is no longer there.</source>
        <translation>Cela n’existe plus.</translation>
    </message>
    <message>
        <source>That did not work.</source>
        <translation>Cela n’a pas fonctionné.</translation>
    </message>
</context>
<context>
    <name>LogDaySheet</name>
    <message>
        <source>Every day</source>
        <translation>Tous les jours</translation>
    </message>
</context>
<context>
    <name>LogWords</name>
    <message>
        <source>Certificate renewed</source>
        <translation>Certificat renouvelé</translation>
    </message>
    <message>
        <source>Doorbell answered</source>
        <translation>Sonnette, réponse</translation>
    </message>
    <message>
        <source>Doorbell not answered</source>
        <translation>Sonnette sans réponse</translation>
    </message>
    <message>
        <source>Person added</source>
        <translation>Personne ajoutée</translation>
    </message>
    <message>
        <source>Person changed</source>
        <translation>Personne modifiée</translation>
    </message>
    <message>
        <source>Person removed</source>
        <translation>Personne supprimée</translation>
    </message>
    <message>
        <source>Person erased</source>
        <translation>Personne effacée</translation>
    </message>
    <message>
        <source>A person’s data exported</source>
        <translation>Données d’une personne exportées</translation>
    </message>
    <message>
        <source>Group added</source>
        <translation>Groupe ajouté</translation>
    </message>
    <message>
        <source>Group removed</source>
        <translation>Groupe supprimé</translation>
    </message>
    <message>
        <source>Schedule added</source>
        <translation>Horaire ajouté</translation>
    </message>
    <message>
        <source>Schedule changed</source>
        <translation>Horaire modifié</translation>
    </message>
    <message>
        <source>Schedule removed</source>
        <translation>Horaire supprimé</translation>
    </message>
    <message>
        <source>Holiday added</source>
        <translation>Jour férié ajouté</translation>
    </message>
    <message>
        <source>Holiday removed</source>
        <translation>Jour férié supprimé</translation>
    </message>
    <message>
        <source>Access rule added</source>
        <translation>Règle d’accès ajoutée</translation>
    </message>
    <message>
        <source>Access rule removed</source>
        <translation>Règle d’accès supprimée</translation>
    </message>
    <message>
        <source>Admin added</source>
        <translation>Administrateur ajouté</translation>
    </message>
    <message>
        <source>Admin changed</source>
        <translation>Administrateur modifié</translation>
    </message>
    <message>
        <source>Admin removed</source>
        <translation>Administrateur supprimé</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Déconnexion</translation>
    </message>
    <message>
        <source>Wrong admin PIN</source>
        <translation>Code d’administrateur erroné</translation>
    </message>
    <message>
        <source>Set-up finished</source>
        <translation>Installation terminée</translation>
    </message>
    <message>
        <source>Set-up opened again</source>
        <translation>Installation rouverte</translation>
    </message>
    <message>
        <source>Setting changed</source>
        <translation>Réglage modifié</translation>
    </message>
    <message>
        <source>Lock tested</source>
        <translation>Serrure essayée</translation>
    </message>
    <message>
        <source>Backup written</source>
        <translation>Sauvegarde écrite</translation>
    </message>
    <message>
        <source>Backup restored</source>
        <translation>Sauvegarde restaurée</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Groupes</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Groupe</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Horaire</translation>
    </message>
    <message>
        <source>Door</source>
        <translation>Porte</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Demandé</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Heures</translation>
    </message>
    <message>
        <source>On holidays too</source>
        <translation>Les jours fériés aussi</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>Valable du</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Valable jusqu’au</translation>
    </message>
    <message>
        <source>Entries allowed</source>
        <translation>Entrées autorisées</translation>
    </message>
    <message>
        <source>Entries taken</source>
        <translation>Entrées utilisées</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notes</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Membres</translation>
    </message>
    <message>
        <source>Face templates</source>
        <translation>Modèles de visage</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Badge</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Consentement</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Réglage</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Erased from the log</source>
        <translation>Effacé du journal</translation>
    </message>
    <message>
        <source>active</source>
        <translation>actif</translation>
    </message>
    <message>
        <source>suspended</source>
        <translation>suspendu</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>modifié</translation>
    </message>
    <message>
        <source>set</source>
        <translation>défini</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>supprimé</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>opérateur</translation>
    </message>
    <message>
        <source>admin</source>
        <translation>administrateur</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a field and its value</comment>
        <translation>%1 : %2</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Raison</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>Alarmes</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Modifications</translation>
    </message>
    <message>
        <source>No alarms</source>
        <translation>Aucune alarme</translation>
    </message>
    <message>
        <source>This version raises no alarms yet. A door that is held or forced open, and refusals in a row, will stand here.</source>
        <translation>Cette version ne donne pas encore d’alarme. Une porte restée ouverte ou forcée, et des refus répétés, apparaîtront ici.</translation>
    </message>
    <message>
        <source>The log cannot be read</source>
        <translation>Le journal ne peut pas être lu</translation>
    </message>
    <message>
        <source>No changes yet</source>
        <translation>Pas encore de modification</translation>
    </message>
    <message>
        <source>Whatever an admin changes stands here: who, when, and what it was before.</source>
        <translation>Tout ce qu’un administrateur modifie apparaît ici : qui, quand, et ce qui était avant.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Rien trouvé</translation>
    </message>
    <message>
        <source>No visit fits all that was chosen above. Touch a choice to change it.</source>
        <translation>Aucune visite ne correspond à ces choix. Touchez un choix pour le changer.</translation>
    </message>
    <message>
        <source>No visits yet</source>
        <translation>Pas encore de visite</translation>
    </message>
    <message>
        <source>Whoever stands before the door appears here, let in or refused, within a second.</source>
        <translation>Qui se présente devant la porte apparaît ici en une seconde, admis ou refusé.</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Tout le monde</translation>
    </message>
    <message>
        <source>Visits of</source>
        <translation>Visites de</translation>
    </message>
    <message>
        <source>All visits</source>
        <translation>Toutes les visites</translation>
    </message>
    <message>
        <source>All reasons</source>
        <translation>Toutes les raisons</translation>
    </message>
    <message>
        <source>%1, on %2 at %3</source>
        <comment>who changed it, a date, a time</comment>
        <translation>%1, le %2 à %3</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>No picture of this visit is kept</source>
        <translation>Aucune image de cette visite n’est gardée</translation>
    </message>
    <message>
        <source>The log cannot be read now</source>
        <translation>Le journal ne peut pas être lu pour l’instant</translation>
    </message>
    <message>
        <source>The picture cannot be shown</source>
        <translation>L’image ne peut pas être montrée</translation>
    </message>
    <message>
        <source>The picture was deleted, or cannot be read</source>
        <translation>L’image a été supprimée ou ne peut pas être lue</translation>
    </message>
    <message>
        <source>The whole visit: %1</source>
        <comment>%1 is &apos;5 entries&apos;</comment>
        <translation>Toute la visite : %1</translation>
    </message>
    <message>
        <source>and %L1 more</source>
        <comment>entries of a visit</comment>
        <translation>et %L1 autres</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>Admis</translation>
    </message>
    <message>
        <source>Refused</source>
        <comment>a visit</comment>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>Unknown</source>
        <comment>a person the door does not know</comment>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>Like nobody who is enrolled</source>
        <translation>Ne ressemble à aucune personne enregistrée</translation>
    </message>
    <message>
        <source>Just below the threshold</source>
        <translation>Juste sous le seuil</translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation>Reconnu</translation>
    </message>
    <message>
        <source>Clearly recognised</source>
        <translation>Clairement reconnu</translation>
    </message>
    <message>
        <source>A living face</source>
        <translation>Un visage vivant</translation>
    </message>
    <message>
        <source>Looked like a picture or a mask</source>
        <translation>Semblait être une image ou un masque</translation>
    </message>
    <message>
        <source>Too short to tell a living face</source>
        <translation>Trop bref pour reconnaître un visage vivant</translation>
    </message>
    <message>
        <source>Whether the face was alive could not be checked</source>
        <translation>La présence réelle n’a pas pu être vérifiée</translation>
    </message>
    <message>
        <source>Not checked whether the face was alive</source>
        <translation>Présence réelle non vérifiée</translation>
    </message>
    <message>
        <source>By face</source>
        <translation>Par visage</translation>
    </message>
    <message>
        <source>By PIN</source>
        <translation>Par code</translation>
    </message>
    <message>
        <source>By card</source>
        <translation>Par badge</translation>
    </message>
    <message>
        <source>By the exit button</source>
        <translation>Par le bouton de sortie</translation>
    </message>
    <message>
        <source>From afar</source>
        <translation>À distance</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>il y a %1 min</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>il y a %1 h</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 entrée</translation>
    </message>
    <message>
        <source>%L1 entries</source>
        <translation>%L1 entrées</translation>
    </message>
    <message>
        <source>Door locked down</source>
        <translation>Porte verrouillée</translation>
    </message>
    <message>
        <source>Lockdown lifted</source>
        <translation>Verrouillage levé</translation>
    </message>
    <message>
        <source>Viewer paired</source>
        <translation>Poste distant associé</translation>
    </message>
    <message>
        <source>Viewer changed</source>
        <translation>Poste distant modifié</translation>
    </message>
    <message>
        <source>Viewer revoked</source>
        <translation>Poste distant révoqué</translation>
    </message>
    <message>
        <source>Viewer removed</source>
        <translation>Poste distant supprimé</translation>
    </message>
    <message>
        <source>Group renamed</source>
        <translation>Groupe renommé</translation>
    </message>
</context>
<context>
    <name>PairingWords</name>
    <message>
        <source>Viewers</source>
        <translation>Postes distants</translation>
    </message>
    <message>
        <source>Who sees this door from elsewhere, and opens it</source>
        <translation>Qui voit cette porte à distance, et l’ouvre</translation>
    </message>
    <message>
        <source>No viewer yet</source>
        <translation>Aucun poste distant</translation>
    </message>
    <message>
        <source>A viewer is the program Facelatch Viewer on a computer: it shows this door’s visits and picture, and is rung by the bell. Pair one, and it will appear here.</source>
        <translation>Un poste distant est le programme Facelatch Viewer sur un ordinateur : il montre les passages et l’image de cette porte, et la sonnette l’appelle. Associez-en un et il apparaîtra ici.</translation>
    </message>
    <message>
        <source>Pair a viewer</source>
        <translation>Associer un poste</translation>
    </message>
    <message>
        <source>Connected now</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Connected now, from %1</source>
        <comment>%1 is an address</comment>
        <translation>Connecté, depuis %1</translation>
    </message>
    <message>
        <source>Connected</source>
        <comment>a viewer; one word</comment>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Last seen %1</source>
        <comment>%1 is a date and time</comment>
        <translation>Vu le %1</translation>
    </message>
    <message>
        <source>Never connected</source>
        <translation>Jamais connecté</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>Administrateur</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Opérateur</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>Observateur</translation>
    </message>
    <message>
        <source>admin</source>
        <comment>inside a sentence</comment>
        <translation>administrateur</translation>
    </message>
    <message>
        <source>operator</source>
        <comment>inside a sentence</comment>
        <translation>opérateur</translation>
    </message>
    <message>
        <source>viewer</source>
        <comment>inside a sentence</comment>
        <translation>observateur</translation>
    </message>
    <message>
        <source>May do what an operator may, and change people and who may enter.</source>
        <translation>Peut ce que peut un opérateur, et modifier les personnes et leurs accès.</translation>
    </message>
    <message>
        <source>Sees the visits and the live picture, and may open the door.</source>
        <translation>Voit les passages et l’image en direct, et peut ouvrir la porte.</translation>
    </message>
    <message>
        <source>Sees the visits and the live picture, nothing else.</source>
        <translation>Voit les passages et l’image en direct, rien d’autre.</translation>
    </message>
    <message>
        <source>What may the new viewer do?</source>
        <translation>Que peut faire le nouveau poste ?</translation>
    </message>
    <message>
        <source>Show the code</source>
        <translation>Afficher le code</translation>
    </message>
    <message>
        <source>Scan this code, and paste its link into Facelatch Viewer.</source>
        <translation>Scannez ce code et collez son lien dans Facelatch Viewer.</translation>
    </message>
    <message>
        <source>Or type there:</source>
        <translation>Ou saisissez-y :</translation>
    </message>
    <message>
        <source>Address: %1, port %2</source>
        <comment>%1 are one or more addresses</comment>
        <translation>Adresse : %1, port %2</translation>
    </message>
    <message>
        <source>Compare the fingerprint: %1</source>
        <comment>%1 are 64 letters in groups</comment>
        <translation>Comparez l’empreinte : %1</translation>
    </message>
    <message>
        <source>Good for %1</source>
        <comment>%1 is minutes and seconds, as in 4:31</comment>
        <translation>Valable encore %1</translation>
    </message>
    <message>
        <source>Somebody typed a wrong code. Tries left: %1</source>
        <translation>Quelqu’un a saisi un mauvais code. Essais restants : %1</translation>
    </message>
    <message>
        <source>This code is no longer good. Nobody was paired.</source>
        <translation>Ce code n’est plus valable. Aucun poste n’a été associé.</translation>
    </message>
    <message>
        <source>A new code</source>
        <translation>Un nouveau code</translation>
    </message>
    <message>
        <source>%1 is paired as %2</source>
        <comment>%1 is a viewer&apos;s name, %2 a role</comment>
        <translation>%1 est associé comme %2</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Enregistré</translation>
    </message>
    <message>
        <source>A name of 1 to 200 letters, please.</source>
        <translation>Un nom de 1 à 200 lettres, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Révoquer</translation>
    </message>
    <message>
        <source>Revoke %1?</source>
        <comment>%1 is a viewer&apos;s name</comment>
        <translation>Révoquer %1 ?</translation>
    </message>
    <message>
        <source>It is cut off at once and sees nothing of this door any more. To come back it has to be paired again.</source>
        <translation>Il est déconnecté aussitôt et ne voit plus rien de cette porte. Pour revenir, il doit être associé de nouveau.</translation>
    </message>
    <message>
        <source>%1 is revoked</source>
        <comment>%1 is a viewer&apos;s name</comment>
        <translation>%1 est révoqué</translation>
    </message>
</context>
<context>
    <name>NoticeWords</name>
    <message>
        <source>%1 of %2 doors connected</source>
        <translation>Portes connectées : %1 sur %2</translation>
    </message>
    <message>
        <source>%1 visits were refused meanwhile: %2</source>
        <translation>%1 visites refusées entre-temps : %2</translation>
    </message>
    <message>
        <source>%1 was let in: %2</source>
        <comment>person, door</comment>
        <translation>Entrée de %1 : %2</translation>
    </message>
    <message>
        <source>%1 was refused: %2</source>
        <comment>person, door</comment>
        <translation>Refus de %1 : %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>reason, time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>One visit was refused meanwhile: %1</source>
        <translation>Une visite refusée entre-temps : %1</translation>
    </message>
    <message>
        <source>Open this to see who it is</source>
        <translation>Ouvrez ceci pour voir qui c’est</translation>
    </message>
    <message>
        <source>Out of service: %1</source>
        <translation>Hors service : %1</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Show the doors</source>
        <translation>Afficher les portes</translation>
    </message>
    <message>
        <source>Somebody rings: %1</source>
        <translation>On sonne : %1</translation>
    </message>
    <message>
        <source>Something is wrong: %1</source>
        <translation>Quelque chose ne va pas : %1</translation>
    </message>
    <message>
        <source>While there was no connection to the door</source>
        <translation>Pendant que la liaison avec la porte était coupée</translation>
    </message>
</context>
<context>
    <name>PeopleWords</name>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <source>Search by name, card or group</source>
        <translation>Chercher un nom, un badge ou un groupe</translation>
    </message>
    <message>
        <source>Add somebody</source>
        <translation>Ajouter une personne</translation>
    </message>
    <message>
        <source>From photographs</source>
        <translation>Depuis des photos</translation>
    </message>
    <message>
        <source>Nobody is enrolled yet</source>
        <translation>Personne n’est encore enregistré</translation>
    </message>
    <message>
        <source>Whoever may come in appears here. Add somebody with the camera, or many at once from photographs.</source>
        <translation>Les personnes qui peuvent entrer apparaissent ici. Ajoutez-en une avec la caméra, ou plusieurs à la fois depuis des photos.</translation>
    </message>
    <message>
        <source>Nobody of that name</source>
        <translation>Personne de ce nom</translation>
    </message>
    <message>
        <source>Try fewer letters, a card or a group.</source>
        <translation>Essayez moins de lettres, un badge ou un groupe.</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>Suspendue</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Expirée</translation>
    </message>
    <message>
        <source>Until %1</source>
        <comment>%1 is a day</comment>
        <translation>Jusqu’au %1</translation>
    </message>
    <message>
        <source>From %1</source>
        <comment>%1 is a day</comment>
        <translation>À partir du %1</translation>
    </message>
    <message>
        <source>No face</source>
        <translation>Sans visage</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Please give a name, of at most 200 letters</source>
        <translation>Donnez un nom de 200 lettres au plus</translation>
    </message>
    <message>
        <source>Card number</source>
        <translation>Numéro de badge</translation>
    </message>
    <message>
        <source>Notes</source>
        <comment>about a person</comment>
        <translation>Notes</translation>
    </message>
    <message>
        <source>Groups</source>
        <comment>of people</comment>
        <translation>Groupes</translation>
    </message>
    <message>
        <source>There are no groups yet. Make them under Access.</source>
        <translation>Il n’y a pas encore de groupes. Créez-les sous Accès.</translation>
    </message>
    <message>
        <source>May come in from</source>
        <translation>Peut entrer à partir du</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Dernier jour</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sans limite</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Mois</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Année</translation>
    </message>
    <message>
        <source>Only a number of visits</source>
        <translation>Un nombre de visites seulement</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Visites</translation>
    </message>
    <message>
        <source>Used so far: %1</source>
        <comment>visits</comment>
        <translation>Déjà faites&#xa0;: %1</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>A PIN is set</source>
        <translation>Un code est défini</translation>
    </message>
    <message>
        <source>No PIN</source>
        <translation>Pas de code</translation>
    </message>
    <message>
        <source>Choose a PIN</source>
        <translation>Choisissez un code</translation>
    </message>
    <message>
        <source>Remove the PIN</source>
        <translation>Supprimer le code</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Accord</translation>
    </message>
    <message>
        <source>No consent is recorded</source>
        <translation>Aucun accord n’est enregistré</translation>
    </message>
    <message>
        <source>Given on %1 (text %2), witness: %3</source>
        <translation>Donné le %1 (texte %2), témoin&#xa0;: %3</translation>
    </message>
    <message>
        <source>They agree now</source>
        <translation>La personne donne son accord</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>No face is enrolled</source>
        <translation>Aucun visage n’est enregistré</translation>
    </message>
    <message>
        <source>Pictures of the face: %1</source>
        <translation>Photos du visage&#xa0;: %1</translation>
    </message>
    <message>
        <source>New pictures</source>
        <translation>Nouvelles photos</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>%1 is saved</source>
        <translation>%1 est à jour</translation>
    </message>
    <message>
        <source>Suspend</source>
        <translation>Suspendre</translation>
    </message>
    <message>
        <source>Let in again</source>
        <translation>Réadmettre</translation>
    </message>
    <message>
        <source>%1 is not let in any more</source>
        <translation>%1 ne peut plus entrer</translation>
    </message>
    <message>
        <source>%1 is let in again</source>
        <translation>%1 peut entrer de nouveau</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>Supprimer %1&#xa0;?</translation>
    </message>
    <message>
        <source>Remove %1 and their face templates (%2)?</source>
        <translation>Supprimer %1 et les gabarits de son visage (%2)&#xa0;?</translation>
    </message>
    <message>
        <source>Face, card and PIN are deleted for good. Past visits keep the name.</source>
        <translation>Visage, badge et code sont effacés pour de bon. Les visites passées gardent le nom.</translation>
    </message>
    <message>
        <source>%1 is removed</source>
        <translation>%1 est supprimé(e)</translation>
    </message>
    <message>
        <source>Somebody else changed this meanwhile</source>
        <translation>Quelqu’un d’autre a modifié cela entre-temps</translation>
    </message>
    <message>
        <source>%1 was changed while you were editing. Nothing of yours is saved yet.</source>
        <translation>%1 a changé pendant votre saisie. Rien de votre saisie n’est encore enregistré.</translation>
    </message>
    <message>
        <source>Show the change</source>
        <translation>Voir le changement</translation>
    </message>
    <message>
        <source>Save mine</source>
        <translation>Garder ma saisie</translation>
    </message>
    <message>
        <source>Leave without saving?</source>
        <translation>Quitter sans enregistrer&#xa0;?</translation>
    </message>
    <message>
        <source>What you changed here is not saved.</source>
        <translation>Ce que vous avez changé ici n’est pas enregistré.</translation>
    </message>
    <message>
        <source>Leave without saving</source>
        <comment>a button</comment>
        <translation>Quitter sans enregistrer</translation>
    </message>
    <message>
        <source>%1 and %2 look alike</source>
        <translation>%1 et %2 se ressemblent</translation>
    </message>
    <message>
        <source>The door may take one for the other, or refuse both. Let each choose a PIN, and let them in by face and PIN only.</source>
        <translation>La porte peut prendre l’une pour l’autre, ou refuser les deux. Donnez un code à chacune, et ne les laissez entrer que par visage et code.</translation>
    </message>
    <message>
        <source>Face and PIN for both</source>
        <translation>Visage et code pour les deux</translation>
    </message>
    <message>
        <source>From now on both come in by face and PIN</source>
        <translation>Désormais les deux entrent par visage et code</translation>
    </message>
    <message>
        <source>This cannot be done yet</source>
        <translation>Ce n’est pas encore possible</translation>
    </message>
    <message>
        <source>face and PIN</source>
        <comment>added to the name of a group</comment>
        <translation>visage et code</translation>
    </message>
    <message>
        <source>From now on by face and PIN. A PIN is still missing: %1</source>
        <translation>Désormais par visage et code. Il manque encore un code&#xa0;: %1</translation>
    </message>
    <message>
        <source>Language of the greeting</source>
        <translation>Langue de l’accueil</translation>
    </message>
    <message>
        <source>As the door</source>
        <translation>Comme la porte</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>%1 digits</source>
        <translation>%1 chiffres</translation>
    </message>
</context>
<context>
    <name>SettingWords</name>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Chercher un réglage</translation>
    </message>
    <message>
        <source>No setting fits</source>
        <translation>Aucun réglage ne convient</translation>
    </message>
    <message>
        <source>Try a shorter word, such as “light” or “lock”.</source>
        <translation>Essayez un mot plus court, comme « clair » ou « serrure ».</translation>
    </message>
    <message>
        <source>1 changed</source>
        <translation>1 changé</translation>
    </message>
    <message>
        <source>%1 changed</source>
        <translation>%1 changés</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Changed at this screen</source>
        <translation>Changé à cet écran</translation>
    </message>
    <message>
        <source>From the file settings.toml</source>
        <translation>Du fichier settings.toml</translation>
    </message>
    <message>
        <source>Given when the door was started; it cannot be changed here</source>
        <translation>Donné au démarrage de la porte ; ne peut être changé ici</translation>
    </message>
    <message>
        <source>Takes effect after a restart</source>
        <translation>Prend effet après un redémarrage</translation>
    </message>
    <message>
        <source>Set; type to replace it</source>
        <translation>Défini ; tapez pour remplacer</translation>
    </message>
    <message>
        <source>Not set</source>
        <translation>Non défini</translation>
    </message>
    <message>
        <source>A time from 00:00 to 23:59, such as 07:30</source>
        <translation>Une heure de 00:00 à 23:59, comme 07:30</translation>
    </message>
    <message>
        <source>A text of at most 1000 letters</source>
        <translation>Un texte d’au plus 1000 lettres</translation>
    </message>
    <message>
        <source>Some changes wait for a restart</source>
        <translation>Des changements attendent un redémarrage</translation>
    </message>
    <message>
        <source>Restart now</source>
        <translation>Redémarrer</translation>
    </message>
    <message>
        <source>Restart this door now?</source>
        <translation>Redémarrer cette porte maintenant ?</translation>
    </message>
    <message>
        <source>For some seconds it opens for nobody. The exit button works all the time.</source>
        <translation>Pendant quelques secondes, elle n’ouvre à personne. Le bouton de sortie marche toujours.</translation>
    </message>
    <message>
        <source>The door starts again …</source>
        <translation>La porte redémarre…</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Bas</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Haut</translation>
    </message>
    <message>
        <source>Very high</source>
        <translation>Très haut</translation>
    </message>
    <message>
        <source>Own value: %1.</source>
        <translation>Valeur propre : %1.</translation>
    </message>
    <message>
        <source>Nobody is enrolled yet.</source>
        <translation>Personne n’est encore inscrit.</translation>
    </message>
    <message>
        <source>With %1 enrolled, about 1 stranger in %2 would be taken for one of them by a single picture.</source>
        <translation>Avec %1 inscrits, environ 1 inconnu sur %2 serait pris pour l’un d’eux sur une seule image.</translation>
    </message>
    <message>
        <source>How often it takes a stranger for somebody was not measured.</source>
        <translation>La fréquence des confusions n’a pas été mesurée.</translation>
    </message>
    <message>
        <source>Measured with this program.</source>
        <translation>Mesuré avec ce programme.</translation>
    </message>
    <message>
        <source>Drawn on from what was measured.</source>
        <translation>Prolongé à partir des mesures.</translation>
    </message>
    <message>
        <source>For so many people %1 is advised.</source>
        <translation>Pour autant de personnes, %1 est conseillé.</translation>
    </message>
    <message>
        <source>With more than %1 people better ask for face and PIN (Access).</source>
        <translation>Au-delà de %1 personnes, mieux vaut demander visage et code (Accès).</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Short name</source>
        <translation>Nom court</translation>
    </message>
    <message>
        <source>Short name of this door in the log and towards other systems.</source>
        <translation>Nom court de cette porte dans le journal et pour les autres systèmes.</translation>
    </message>
    <message>
        <source>Name of the door</source>
        <translation>Nom de la porte</translation>
    </message>
    <message>
        <source>Name shown on the screen at the door.</source>
        <translation>Nom affiché sur l’écran de la porte.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Language at the door. auto follows the system's.</source>
        <translation>Langue à la porte. Automatique suit celle du système.</translation>
    </message>
    <message>
        <source>Whom to call</source>
        <translation>Qui appeler</translation>
    </message>
    <message>
        <source>Whom to call when the door is out of service, such as a name and a number.</source>
        <translation>Qui appeler quand la porte est hors service, par exemple un nom et un numéro.</translation>
    </message>
    <message>
        <source>PIN at the door</source>
        <translation>Code à la porte</translation>
    </message>
    <message>
        <source>Whether this door takes PINs: as a second factor, or alone, as the access rules say (face+PIN, face or PIN).</source>
        <translation>Si cette porte prend des codes : en second facteur, ou seuls, comme le disent les règles d’accès (visage+code, visage ou code).</translation>
    </message>
    <message>
        <source>PIN alone opens</source>
        <translation>Le code seul ouvre</translation>
    </message>
    <message>
        <source>Whether a PIN alone opens while there is no access rule. As soon as there is one, the rules alone say so.</source>
        <translation>Si un code seul ouvre tant qu’il n’y a aucune règle d’accès. Dès qu’il y en a une, seules les règles décident.</translation>
    </message>
    <message>
        <source>Time for the PIN</source>
        <translation>Délai pour le code</translation>
    </message>
    <message>
        <source>Time to enter a PIN once it is asked for. The face must still be there, and agree once more.</source>
        <translation>Délai pour taper un code une fois demandé. Le visage doit être encore là, et concorder de nouveau.</translation>
    </message>
    <message>
        <source>Kind of lock</source>
        <translation>Type de serrure</translation>
    </message>
    <message>
        <source>lockd drives the real lock through facelatch-lockd. simulated opens nothing, lockd_test speaks with the daemon's test build; both say so on the screen.</source>
        <translation>« Réelle » commande la vraie serrure par facelatch-lockd. « Simulée » n’ouvre rien, « Essai » parle avec la version d’essai du service ; les deux le disent à l’écran.</translation>
    </message>
    <message>
        <source>Where the lock listens</source>
        <translation>Adresse de la serrure</translation>
    </message>
    <message>
        <source>Where facelatch-lockd listens.</source>
        <translation>Où facelatch-lockd écoute.</translation>
    </message>
    <message>
        <source>Strike time</source>
        <translation>Durée d’ouverture</translation>
    </message>
    <message>
        <source>Strike time: how long the lock is released by a grant.</source>
        <translation>Combien de temps la serrure est libérée par une autorisation.</translation>
    </message>
    <message>
        <source>Without power</source>
        <translation>Sans courant</translation>
    </message>
    <message>
        <source>fail_secure stays locked without power (strike), fail_safe opens (maglock). Changes texts, never the polarity.</source>
        <translation>Une gâche reste verrouillée sans courant, une ventouse s’ouvre. Change les textes, jamais la polarité.</translation>
    </message>
    <message>
        <source>Where pictures come from</source>
        <translation>Origine des images</translation>
    </message>
    <message>
        <source>camera is a live camera (see kind). replay plays a video file or a folder of pictures; test shows a test picture. Neither replay nor test opens a real lock.</source>
        <translation>« Caméra » est une vraie caméra (voir Type de caméra). « Enregistrement » lit une vidéo ou un dossier d’images ; « Mire » montre une image d’essai. Ces deux-là n’ouvrent jamais une vraie serrure.</translation>
    </message>
    <message>
        <source>Kind of camera</source>
        <translation>Type de caméra</translation>
    </message>
    <message>
        <source>auto takes the first USB camera, else the Raspberry Pi's own (csi, through libcamera). rtsp is a network camera; form is one of the other ways (see form).</source>
        <translation>Automatique prend la première caméra USB, sinon celle du Raspberry Pi (CSI, par libcamera). RTSP est une caméra réseau ; « Autre » est l’une des autres formes (voir Autre forme).</translation>
    </message>
    <message>
        <source>Which camera</source>
        <translation>Quelle caméra</translation>
    </message>
    <message>
        <source>usb: device file such as /dev/video0, best one of /dev/v4l/by-id. csi: libcamera's name of the camera. Empty takes the first camera.</source>
        <translation>USB : fichier de périphérique comme /dev/video0, de préférence sous /dev/v4l/by-id. CSI : nom de la caméra dans libcamera. Vide, la première caméra est prise.</translation>
    </message>
    <message>
        <source>Picture format</source>
        <translation>Format d’image</translation>
    </message>
    <message>
        <source>How pictures leave a USB camera. auto takes the best it has.</source>
        <translation>Comment les images quittent une caméra USB. Automatique prend le meilleur format.</translation>
    </message>
    <message>
        <source>Network address</source>
        <translation>Adresse réseau</translation>
    </message>
    <message>
        <source>rtsp: rtsp://HOST:PORT/PATH, without name and password. form: what the form needs, see facelatch-settings(5).</source>
        <translation>RTSP : rtsp://HÔTE:PORT/CHEMIN, sans nom ni mot de passe. Autre : ce que la forme demande, voir facelatch-settings(5).</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nom d’utilisateur</translation>
    </message>
    <message>
        <source>User name at a network camera.</source>
        <translation>Nom d’utilisateur auprès d’une caméra réseau.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Password at a network camera. It is never shown or logged.</source>
        <translation>Mot de passe auprès d’une caméra réseau. Il n’est jamais affiché ni journalisé.</translation>
    </message>
    <message>
        <source>Other form</source>
        <translation>Autre forme</translation>
    </message>
    <message>
        <source>Which of the other ways the kind form takes. Pictures of http-mjpeg and shared-memory carry no time and never open a real lock.</source>
        <translation>Laquelle des autres formes le type « Autre » prend. Les images de http-mjpeg et shared-memory ne portent pas l’heure et n’ouvrent jamais une vraie serrure.</translation>
    </message>
    <message>
        <source>Network pictures may open</source>
        <translation>Le réseau peut ouvrir</translation>
    </message>
    <message>
        <source>Whether pictures that come over a network may open the door. Whoever gets between camera and door can then open it.</source>
        <translation>Si des images venues d’un réseau peuvent ouvrir la porte. Quiconque s’interpose entre la caméra et la porte peut alors l’ouvrir.</translation>
    </message>
    <message>
        <source>Picture width</source>
        <translation>Largeur d’image</translation>
    </message>
    <message>
        <source>Width of the picture asked from the camera.</source>
        <translation>Largeur d’image demandée à la caméra.</translation>
    </message>
    <message>
        <source>Picture height</source>
        <translation>Hauteur d’image</translation>
    </message>
    <message>
        <source>Height of the picture asked from the camera.</source>
        <translation>Hauteur d’image demandée à la caméra.</translation>
    </message>
    <message>
        <source>Pictures a second</source>
        <translation>Images par seconde</translation>
    </message>
    <message>
        <source>Pictures a second asked from the camera.</source>
        <translation>Nombre d’images par seconde demandé à la caméra.</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Enregistrement</translation>
    </message>
    <message>
        <source>Video file or folder of pictures for the source replay.</source>
        <translation>Vidéo ou dossier d’images pour l’origine « Enregistrement ».</translation>
    </message>
    <message>
        <source>Time of a picture</source>
        <translation>Durée d’une image</translation>
    </message>
    <message>
        <source>How long the source replay shows each picture of a folder.</source>
        <translation>Combien de temps chaque image d’un dossier est montrée.</translation>
    </message>
    <message>
        <source>Pause between pictures</source>
        <translation>Pause entre les images</translation>
    </message>
    <message>
        <source>Empty view between two pictures of a folder.</source>
        <translation>Vue vide entre deux images d’un dossier.</translation>
    </message>
    <message>
        <source>Begin again at the end</source>
        <translation>Recommencer à la fin</translation>
    </message>
    <message>
        <source>Whether the source replay begins again at its end.</source>
        <translation>Si l’enregistrement recommence quand il est fini.</translation>
    </message>
    <message>
        <source>Turn the picture</source>
        <translation>Rotation de l’image</translation>
    </message>
    <message>
        <source>How far the picture is turned clockwise, for a camera that hangs on its side or head. Not for replay.</source>
        <translation>De combien l’image est tournée vers la droite, pour une caméra montée de côté ou à l’envers. Pas pour un enregistrement.</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Miroir</translation>
    </message>
    <message>
        <source>Shows the picture mirrored, as people know themselves. Recognition is not affected.</source>
        <translation>Montre l’image en miroir, comme on se connaît. La reconnaissance n’en dépend pas.</translation>
    </message>
    <message>
        <source>Exposure time</source>
        <translation>Temps de pose</translation>
    </message>
    <message>
        <source>Exposure time where the camera has that setting. 0 is automatic.</source>
        <translation>Temps de pose, si la caméra a ce réglage. 0 est automatique.</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>Gain</translation>
    </message>
    <message>
        <source>Gain where the camera has that setting: the driver's number (usb) or a factor (csi). 0 is automatic.</source>
        <translation>Gain, si la caméra a ce réglage : le nombre du pilote (USB) ou un facteur (CSI). 0 est automatique.</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>Mise au point</translation>
    </message>
    <message>
        <source>Focus where the camera has that setting: the driver's number (usb) or dioptres, 0 being far (csi). -1 is automatic.</source>
        <translation>Mise au point, si la caméra a ce réglage : le nombre du pilote (USB) ou des dioptries, 0 étant loin (CSI). -1 est automatique.</translation>
    </message>
    <message>
        <source>Folder of the models</source>
        <translation>Dossier des modèles</translation>
    </message>
    <message>
        <source>Folder of the model files. Empty looks in the data folder and the system folders.</source>
        <translation>Dossier des fichiers de modèles. Vide, le dossier des données et ceux du système sont pris.</translation>
    </message>
    <message>
        <source>Face detector</source>
        <translation>Détecteur de visages</translation>
    </message>
    <message>
        <source>Face detector. dlib-hog needs no model file but only shows faces: recognition needs the other's points.</source>
        <translation>Détecteur de visages. dlib-hog n’a pas besoin de fichier mais montre seulement les visages : la reconnaissance a besoin des points de l’autre.</translation>
    </message>
    <message>
        <source>Recognition model</source>
        <translation>Modèle de reconnaissance</translation>
    </message>
    <message>
        <source>Model id of the face recognition network.</source>
        <translation>Identifiant du réseau de reconnaissance.</translation>
    </message>
    <message>
        <source>Security level</source>
        <translation>Niveau de sécurité</translation>
    </message>
    <message>
        <source>Least similarity to count as the same person. 0 takes the value measured for the model.</source>
        <translation>Ressemblance minimale pour être la même personne. 0 prend la valeur mesurée pour le modèle.</translation>
    </message>
    <message>
        <source>Lead over the next person</source>
        <translation>Avance sur le suivant</translation>
    </message>
    <message>
        <source>How far the best person must be ahead of the second-best. 0 takes the value measured for the model.</source>
        <translation>De combien la meilleure personne doit devancer la deuxième. 0 prend la valeur mesurée pour le modèle.</translation>
    </message>
    <message>
        <source>Pictures that agree</source>
        <translation>Images concordantes</translation>
    </message>
    <message>
        <source>Frames of one face that must agree on the same person.</source>
        <translation>Nombre d’images d’un visage qui doivent désigner la même personne.</translation>
    </message>
    <message>
        <source>Time to agree</source>
        <translation>Délai de concordance</translation>
    </message>
    <message>
        <source>Time within which those frames must lie.</source>
        <translation>Délai dans lequel ces images doivent se trouver.</translation>
    </message>
    <message>
        <source>Oldest picture</source>
        <translation>Âge maximal d’une image</translation>
    </message>
    <message>
        <source>Older pictures never open the door.</source>
        <translation>Des images plus anciennes n’ouvrent jamais la porte.</translation>
    </message>
    <message>
        <source>Smallest face</source>
        <translation>Plus petit visage</translation>
    </message>
    <message>
        <source>Least width of a face that is recognised.</source>
        <translation>Largeur minimale d’un visage reconnu.</translation>
    </message>
    <message>
        <source>Search the whole picture</source>
        <translation>Recherche complète</translation>
    </message>
    <message>
        <source>How often the whole picture is searched while a face is followed. 0 searches every picture.</source>
        <translation>Tous les combien l’image entière est examinée pendant qu’un visage est suivi. 0 examine chaque image.</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>Fils du processeur</translation>
    </message>
    <message>
        <source>Processor threads for the networks.</source>
        <translation>Fils du processeur pour les réseaux.</translation>
    </message>
    <message>
        <source>Liveness check</source>
        <translation>Contrôle de vivacité</translation>
    </message>
    <message>
        <source>passive requires that the face looks alive before the door opens. off is said on the screen.</source>
        <translation>Avec le contrôle, le visage doit paraître vivant avant que la porte s’ouvre. Sans lui, l’écran le dit.</translation>
    </message>
    <message>
        <source>Pictures for liveness</source>
        <translation>Images pour la vivacité</translation>
    </message>
    <message>
        <source>Frames of one face over which the liveness score is averaged.</source>
        <translation>Nombre d’images d’un visage dont la moyenne décide de la vivacité.</translation>
    </message>
    <message>
        <source>Liveness threshold</source>
        <translation>Seuil de vivacité</translation>
    </message>
    <message>
        <source>Least mean liveness score (logit difference) that counts as alive.</source>
        <translation>Valeur moyenne minimale (différence des logits) qui compte comme vivant.</translation>
    </message>
    <message>
        <source>Time to decide</source>
        <translation>Délai de décision</translation>
    </message>
    <message>
        <source>A face in good view that could not be recognised for so long is refused.</source>
        <translation>Un visage bien visible qui n’est pas reconnu dans ce délai est refusé.</translation>
    </message>
    <message>
        <source>Pause after opening</source>
        <translation>Pause après ouverture</translation>
    </message>
    <message>
        <source>After a grant the same person does not release the lock again for so long.</source>
        <translation>Après une autorisation, la même personne ne libère pas la serrure de nouveau pendant ce temps.</translation>
    </message>
    <message>
        <source>How long a refusal is shown</source>
        <translation>Durée d’affichage d’un refus</translation>
    </message>
    <message>
        <source>How long the screen shows a refusal before it looks again.</source>
        <translation>Combien de temps l’écran montre un refus avant de regarder de nouveau.</translation>
    </message>
    <message>
        <source>Time between events</source>
        <translation>Temps entre événements</translation>
    </message>
    <message>
        <source>A face that stays in view makes one event in so long.</source>
        <translation>Un visage qui reste visible donne un événement par intervalle.</translation>
    </message>
    <message>
        <source>Pictures of visits</source>
        <translation>Images des visites</translation>
    </message>
    <message>
        <source>Pictures of visits: kept on this device, deleted once uploaded, or never written.</source>
        <translation>Images des visites : gardées sur cet appareil, effacées une fois envoyées, ou jamais écrites.</translation>
    </message>
    <message>
        <source>Room for pictures</source>
        <translation>Place pour les images</translation>
    </message>
    <message>
        <source>Room for pictures of visits; the oldest go first.</source>
        <translation>Place pour les images des visites ; les plus anciennes partent d’abord.</translation>
    </message>
    <message>
        <source>What a picture shows</source>
        <translation>Contenu d’une image</translation>
    </message>
    <message>
        <source>Whole picture of the camera, or only the face.</source>
        <translation>Toute l’image de la caméra, ou seulement le visage.</translation>
    </message>
    <message>
        <source>Erase names from the log</source>
        <translation>Effacer les noms du journal</translation>
    </message>
    <message>
        <source>Erasing a person also takes name, card and identity out of past events; else only faces, pictures and keys go. That somebody came by, and when, stays either way.</source>
        <translation>Effacer une personne ôte aussi nom, carte et identité des événements passés ; sinon seuls visages, images et clés partent. Que quelqu’un est passé, et quand, reste dans les deux cas.</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenêtre</translation>
    </message>
    <message>
        <source>Size of the window at the door.</source>
        <translation>Taille de la fenêtre à la porte.</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>Colours of the screen. schedule shows the light ones by day and the dark ones by night, switching by itself.</source>
        <translation>Couleurs de l’écran. « Selon l’heure » est clair le jour et sombre la nuit, tout seul.</translation>
    </message>
    <message>
        <source>Day begins</source>
        <translation>Début du jour</translation>
    </message>
    <message>
        <source>When the day of screen.theme = schedule begins, in local time.</source>
        <translation>Quand commence le jour des couleurs « Selon l’heure », en heure locale.</translation>
    </message>
    <message>
        <source>Day ends</source>
        <translation>Fin du jour</translation>
    </message>
    <message>
        <source>When that day ends. It may lie after midnight, but not at the same time as the beginning.</source>
        <translation>Quand finit ce jour. Cela peut être après minuit, mais pas à l’heure du début.</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>Luminosité</translation>
    </message>
    <message>
        <source>Brightness of the screen. Where no backlight can be set, the picture is darkened instead.</source>
        <translation>Luminosité de l’écran. Sans rétroéclairage réglable, l’image est assombrie à la place.</translation>
    </message>
    <message>
        <source>Clock after</source>
        <translation>Horloge après</translation>
    </message>
    <message>
        <source>After so long without anybody before the door its resting screen becomes a dark clock; a face or a touch wakes it. 0 is never.</source>
        <translation>Après ce temps sans personne devant la porte, l’écran de repos devient une horloge sombre ; un visage ou un doigt le réveille. 0 : jamais.</translation>
    </message>
    <message>
        <source>Dark after</source>
        <translation>Noir après</translation>
    </message>
    <message>
        <source>After so long without anybody before the door the screen goes dark. 0 is never.</source>
        <translation>Après ce temps sans personne, l’écran devient noir. 0 : jamais.</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Réduire les animations</translation>
    </message>
    <message>
        <source>No animations.</source>
        <translation>Aucune animation.</translation>
    </message>
    <message>
        <source>Shuffled digits</source>
        <translation>Chiffres mélangés</translation>
    </message>
    <message>
        <source>Puts the digits of the number pad in another order each time, so that neither fingers nor smears tell a PIN.</source>
        <translation>Change l’ordre des chiffres du clavier à chaque fois, pour que ni les doigts ni les traces ne trahissent un code.</translation>
    </message>
    <message>
        <source>Page of the doctor</source>
        <translation>Page du diagnostic</translation>
    </message>
    <message>
        <source>When holding a finger on the screen for three seconds (on the headline of an out-of-service door, or on the door's name) shows what is wrong and what to do.</source>
        <translation>Quand un doigt tenu trois secondes sur l’écran (sur le titre d’une porte hors service, ou sur le nom de la porte) montre ce qui ne va pas et que faire.</translation>
    </message>
    <message>
        <source>Key in the corner</source>
        <translation>Clé dans le coin</translation>
    </message>
    <message>
        <source>Shows a small key in the corner of the screen, which asks for the admin's PIN. Holding the clock for two seconds asks for it, too.</source>
        <translation>Montre une petite clé dans le coin de l’écran, qui demande le code d’un administrateur. Tenir l’horloge deux secondes le demande aussi.</translation>
    </message>
    <message>
        <source>Mouse pointer</source>
        <translation>Pointeur de souris</translation>
    </message>
    <message>
        <source>Shows the mouse pointer, for set-up with a mouse.</source>
        <translation>Montre le pointeur, pour une mise en place à la souris.</translation>
    </message>
    <message>
        <source>Installer’s overlay</source>
        <translation>Affichage de l’installateur</translation>
    </message>
    <message>
        <source>Shows names, scores, thresholds and times on the live picture, to whoever stands before it. Only while setting a door up; the screen says that it is on.</source>
        <translation>Montre noms, scores, seuils et durées sur l’image, à quiconque est devant la porte. Seulement pendant la mise en place ; l’écran le signale.</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>How loud the door's sounds are, where the system has PipeWire or PulseAudio. 0 is silence.</source>
        <translation>Volume des sons de la porte, là où le système a PipeWire ou PulseAudio. 0 est le silence.</translation>
    </message>
    <message>
        <source>Click of the keys</source>
        <translation>Clic des touches</translation>
    </message>
    <message>
        <source>A click with each key of the number pad.</source>
        <translation>Un clic à chaque touche du clavier.</translation>
    </message>
    <message>
        <source>Silence at night</source>
        <translation>Silence la nuit</translation>
    </message>
    <message>
        <source>No sounds at night.</source>
        <translation>Aucun son la nuit.</translation>
    </message>
    <message>
        <source>Night begins</source>
        <translation>Début de la nuit</translation>
    </message>
    <message>
        <source>When that night begins, in local time.</source>
        <translation>Quand cette nuit commence, en heure locale.</translation>
    </message>
    <message>
        <source>Night ends</source>
        <translation>Fin de la nuit</translation>
    </message>
    <message>
        <source>When it ends, usually the next morning.</source>
        <translation>Quand elle finit, d’ordinaire le lendemain matin.</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Proxy for downloads, such as http://proxy.lan:3128 or http://name:password@proxy.lan:3128. Empty takes the environment's (https_proxy, http_proxy, no_proxy); none uses no proxy at all. It is never shown or logged.</source>
        <translation>Proxy pour les téléchargements, comme http://proxy.lan:3128 ou http://nom:motdepasse@proxy.lan:3128. Vide prend celui de l’environnement (https_proxy, http_proxy, no_proxy) ; none n’en prend aucun. Il n’est jamais affiché ni journalisé.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Français</source>
        <translation>Français</translation>
    </message>
    <message>
        <source>Real</source>
        <translation>Réelle</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Essai</translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation>Simulée</translation>
    </message>
    <message>
        <source>Stays locked (strike)</source>
        <translation>Reste verrouillée (gâche)</translation>
    </message>
    <message>
        <source>Opens (maglock)</source>
        <translation>S’ouvre (ventouse)</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <source>Test picture</source>
        <translation>Mire</translation>
    </message>
    <message>
        <source>USB</source>
        <translation>USB</translation>
    </message>
    <message>
        <source>CSI</source>
        <translation>CSI</translation>
    </message>
    <message>
        <source>RTSP</source>
        <translation>RTSP</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Autre</translation>
    </message>
    <message>
        <source>MJPEG</source>
        <translation>MJPEG</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Brut</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucune</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Activé</translation>
    </message>
    <message>
        <source>Keep here</source>
        <translation>Garder ici</translation>
    </message>
    <message>
        <source>Until uploaded</source>
        <translation>Jusqu’à l’envoi</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Jamais</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Image entière</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Visage</translation>
    </message>
    <message>
        <source>Whole screen</source>
        <translation>Plein écran</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>By the time of day</source>
        <translation>Selon l’heure</translation>
    </message>
    <message>
        <source>Out of service</source>
        <translation>Hors service</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Toujours</translation>
    </message>
    <message>
        <source>This door</source>
        <translation>Cette porte</translation>
    </message>
    <message>
        <source>Its name, its language, whom to call</source>
        <translation>Son nom, sa langue, qui appeler</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Serrure</translation>
    </message>
    <message>
        <source>What opens, and for how long</source>
        <translation>Ce qui s’ouvre, et combien de temps</translation>
    </message>
    <message>
        <source>Where the pictures come from</source>
        <translation>D’où viennent les images</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>Reconnaissance</translation>
    </message>
    <message>
        <source>How sure the door must be</source>
        <translation>À quel point la porte doit être sûre</translation>
    </message>
    <message>
        <source>Liveness</source>
        <translation>Vivacité</translation>
    </message>
    <message>
        <source>Photographs and screens held to the camera</source>
        <translation>Photos et écrans tenus devant la caméra</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Visites</translation>
    </message>
    <message>
        <source>How long the door waits and shows its answer</source>
        <translation>Combien de temps la porte attend et répond</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>What is kept of a visit</source>
        <translation>Ce qui est gardé d’une visite</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Vie privée</translation>
    </message>
    <message>
        <source>What stays of somebody who goes</source>
        <translation>Ce qui reste de qui s’en va</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Écran</translation>
    </message>
    <message>
        <source>Colours, brightness, rest</source>
        <translation>Couleurs, luminosité, repos</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>How this door reaches the network</source>
        <translation>Comment cette porte joint le réseau</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Son</translation>
    </message>
    <message>
        <source>What the door lets hear</source>
        <translation>Ce que la porte fait entendre</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>Administration</translation>
    </message>
    <message>
        <source>Signing in at this screen</source>
        <translation>Ouvrir cet écran</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>images</translation>
    </message>
    <message>
        <source>Doorbell</source>
        <translation>Sonnette</translation>
    </message>
    <message>
        <source>Ringing time</source>
        <translation>Durée de la sonnerie</translation>
    </message>
    <message>
        <source>Viewers</source>
        <translation>Postes de suivi</translation>
    </message>
    <message>
        <source>Address for viewers</source>
        <translation>Adresse pour les postes</translation>
    </message>
    <message>
        <source>Port for viewers</source>
        <translation>Port pour les postes</translation>
    </message>
    <message>
        <source>Connections at most</source>
        <translation>Connexions au plus</translation>
    </message>
    <message>
        <source>Connections of one address</source>
        <translation>Connexions d’une adresse</translation>
    </message>
    <message>
        <source>Look through the camera</source>
        <translation>Regarder par la caméra</translation>
    </message>
    <message>
        <source>Own certificate</source>
        <translation>Certificat personnel</translation>
    </message>
    <message>
        <source>Key of the certificate</source>
        <translation>Clé du certificat</translation>
    </message>
    <message>
        <source>A bell on the resting screen, which rings at all viewers. It is there while a viewer is paired.</source>
        <translation>Une sonnette sur l’écran de veille, qui sonne sur tous les postes distants. Elle est là tant qu’un poste est associé.</translation>
    </message>
    <message>
        <source>How long it rings before nobody has answered.</source>
        <translation>Durée de la sonnerie avant de conclure que personne n’a répondu.</translation>
    </message>
    <message>
        <source>Lets paired viewers see this door from afar. The port is open only while a viewer is paired, or being paired.</source>
        <translation>Permet aux postes associés de suivre cette porte à distance. Le port n’est ouvert que si un poste est associé, ou en cours d’association.</translation>
    </message>
    <message>
        <source>Address of this machine at which viewers reach the door. Empty is every one.</source>
        <translation>Adresse de cette machine où les postes joignent la porte. Vide&#xa0;: toutes.</translation>
    </message>
    <message>
        <source>Port at which viewers reach the door.</source>
        <translation>Port où les postes joignent la porte.</translation>
    </message>
    <message>
        <source>Connections of viewers at one time.</source>
        <translation>Nombre de connexions simultanées des postes.</translation>
    </message>
    <message>
        <source>Connections from one address at one time.</source>
        <translation>Nombre de connexions simultanées depuis une même adresse.</translation>
    </message>
    <message>
        <source>Whether viewers may look through the camera. The screen at the door says while one does.</source>
        <translation>Autorise les postes à regarder par la caméra. L’écran de la porte l’indique quand quelqu’un regarde.</translation>
    </message>
    <message>
        <source>File with your own certificate and its chain (PEM), in the place of the one that the door makes for itself.</source>
        <translation>Fichier de votre propre certificat avec sa chaîne (PEM), à la place de celui que la porte crée pour elle-même.</translation>
    </message>
    <message>
        <source>File with the private key of that certificate (PEM), readable by the door&apos;s user alone.</source>
        <translation>Fichier de la clé privée de ce certificat (PEM), lisible par le seul utilisateur de la porte.</translation>
    </message>
    <message>
        <source>Who sees this door from afar</source>
        <translation>Qui suit cette porte à distance</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Certificat</translation>
    </message>
    <message>
        <source>By what viewers know this door</source>
        <translation>À quoi les postes reconnaissent cette porte</translation>
    </message>
    <message>
        <source>Found by viewers</source>
        <translation>Trouvée par les postes</translation>
    </message>
    <message>
        <source>Tells the local network by multicast DNS that there is a door, with its name, so that viewers find it. Only while the port is open, and where Avahi runs.</source>
        <translation>Annonce la porte et son nom sur le réseau local par DNS multicast, pour que les postes la trouvent. Seulement tant que le port est ouvert, et si Avahi est présent.</translation>
    </message>
</context>
<context>
    <name>SetupWords</name>
    <message>
        <source>Your PIN</source>
        <translation>Votre code</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Noms</translation>
    </message>
    <message>
        <source>The lock</source>
        <translation>La serrure</translation>
    </message>
    <message>
        <source>The camera</source>
        <translation>La caméra</translation>
    </message>
    <message>
        <source>Test of the lock</source>
        <translation>Essai de la serrure</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>All set?</source>
        <translation>Tout est prêt&#xa0;?</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>a step of the set-up</comment>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>Finish the set-up</source>
        <translation>Terminer la mise en service</translation>
    </message>
    <message>
        <source>Choose a PIN of 6 to 8 digits. It opens these screens to whoever knows it. There is no other one: nobody can tell you a forgotten PIN.</source>
        <translation>Choisissez un code de 6 à 8 chiffres. Il ouvre ces écrans à quiconque le connaît. Il n’y en a pas d’autre&#xa0;: personne ne pourra retrouver un code oublié.</translation>
    </message>
    <message>
        <source>Once more, please.</source>
        <translation>Encore une fois, s’il vous plaît.</translation>
    </message>
    <message>
        <source>The two were not the same. Please choose again.</source>
        <translation>Les deux n’étaient pas identiques. Choisissez à nouveau.</translation>
    </message>
    <message>
        <source>Whoever guesses would try this one first. Please choose another.</source>
        <translation>C’est le premier code que l’on essaierait. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>At least 6 digits, please.</source>
        <translation>Au moins 6 chiffres, s’il vous plaît.</translation>
    </message>
    <message>
        <source>At most 8 digits, please.</source>
        <translation>Au plus 8 chiffres, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Digits only, please.</source>
        <translation>Des chiffres uniquement, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Name of this door</source>
        <translation>Nom de cette porte</translation>
    </message>
    <message>
        <source>As it stands on the screen, such as “Workshop”.</source>
        <translation>Tel qu’il figure à l’écran, par exemple «&#xa0;Atelier&#xa0;».</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Votre nom</translation>
    </message>
    <message>
        <source>It stands beside what you change.</source>
        <translation>Il figure à côté de ce que vous modifiez.</translation>
    </message>
    <message>
        <source>Opens without power (fail-safe)</source>
        <translation>Ouverte sans courant (à rupture)</translation>
    </message>
    <message>
        <source>Stays locked without power (fail-secure)</source>
        <translation>Verrouillée sans courant (à émission)</translation>
    </message>
    <message>
        <source>Magnetic locks. A power cut opens the door, as fire rules often ask for.</source>
        <translation>Ventouses magnétiques. Une coupure de courant ouvre la porte, comme l’exigent souvent les règles d’incendie.</translation>
    </message>
    <message>
        <source>Most electric strikes. A power cut keeps the door locked; people inside leave by the handle.</source>
        <translation>La plupart des gâches électriques. Une coupure laisse la porte verrouillée&#xa0;; on sort par la poignée.</translation>
    </message>
    <message>
        <source>Stand where visitors will stand.</source>
        <translation>Placez-vous là où se tiendront les visiteurs.</translation>
    </message>
    <message>
        <source>Is this you?</source>
        <translation>Est-ce vous&#xa0;?</translation>
    </message>
    <message>
        <source>Check the camera’s cable, turn the camera to where people stand, and see that there is light from the front. You can go on and come back later.</source>
        <translation>Vérifiez le câble de la caméra, tournez-la vers les visiteurs et veillez à un éclairage de face. Vous pouvez continuer et revenir plus tard.</translation>
    </message>
    <message>
        <source>The lock will open for a few seconds and lock again. Stand so that you see the door.</source>
        <translation>La serrure va s’ouvrir quelques secondes puis se refermer. Placez-vous de façon à voir la porte.</translation>
    </message>
    <message>
        <source>Test the lock now</source>
        <translation>Essayer la serrure</translation>
    </message>
    <message>
        <source>Did it open and lock again?</source>
        <translation>S’est-elle ouverte puis refermée&#xa0;?</translation>
    </message>
    <message>
        <source>Check the power and the cable of the lock. If it opens at rest and locks by the test, its contacts are the wrong way round. You can test again, or go on and come back later.</source>
        <translation>Vérifiez l’alimentation et le câble de la serrure. Si elle est ouverte au repos et se ferme lors de l’essai, ses contacts sont inversés. Vous pouvez recommencer, ou continuer et revenir plus tard.</translation>
    </message>
    <message>
        <source>Time zone: %1</source>
        <comment>%1 is its name</comment>
        <translation>Fuseau horaire&#xa0;: %1</translation>
    </message>
    <message>
        <source>Is the time right?</source>
        <translation>L’heure est-elle juste&#xa0;?</translation>
    </message>
    <message>
        <source>Opening hours go by this clock. Connect the device to a network, or set it on the device: timedatectl set-timezone, timedatectl set-time. You can go on and come back later.</source>
        <translation>Les horaires suivent cette horloge. Reliez l’appareil à un réseau, ou réglez-la sur l’appareil&#xa0;: timedatectl set-timezone, timedatectl set-time. Vous pouvez continuer et revenir plus tard.</translation>
    </message>
    <message>
        <source>Nothing is saved before you finish.</source>
        <translation>Rien n’est enregistré avant la fin.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Type of lock</source>
        <translation>Type de serrure</translation>
    </message>
</context>
<context>
    <name>SystemWords</name>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Who may sign in at this screen</source>
        <translation>Qui peut ouvrir cet écran</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Sauvegarde</translation>
    </message>
    <message>
        <source>Onto a stick with a passphrase, and back</source>
        <translation>Sur une clé USB avec une phrase de passe, et retour</translation>
    </message>
    <message>
        <source>Look at everything</source>
        <translation>Tout examiner</translation>
    </message>
    <message>
        <source>What the doctor of this door finds, in some seconds</source>
        <translation>Ce que trouve le diagnostic, en quelques secondes</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Examiner de nouveau</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Redémarrer</translation>
    </message>
    <message>
        <source>The door ends in order and starts again</source>
        <translation>La porte s’arrête proprement et repart</translation>
    </message>
    <message>
        <source>Tests</source>
        <translation>Essais</translation>
    </message>
    <message>
        <source>Test the lock</source>
        <translation>Essayer la serrure</translation>
    </message>
    <message>
        <source>Test the speaker</source>
        <translation>Essayer le haut-parleur</translation>
    </message>
    <message>
        <source>This door has no output for a buzzer: its lock daemon drives one line, the lock.</source>
        <translation>Cette porte n’a pas de sortie pour un avertisseur : son service commande une seule ligne, la serrure.</translation>
    </message>
    <message>
        <source>The lock was released. It stands in the log.</source>
        <translation>La serrure a été libérée. C’est dans le journal.</translation>
    </message>
    <message>
        <source>You should have heard a sound.</source>
        <translation>Vous devriez avoir entendu un son.</translation>
    </message>
    <message>
        <source>Release the lock now?</source>
        <translation>Libérer la serrure maintenant ?</translation>
    </message>
    <message>
        <source>The door can then be opened for a moment. Somebody should stand beside it and watch.</source>
        <translation>La porte peut alors être ouverte un instant. Quelqu’un devrait la surveiller.</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>Reconnaissance</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Origine</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Age of the newest picture</source>
        <translation>Âge de la dernière image</translation>
    </message>
    <message>
        <source>Brightness of the picture</source>
        <translation>Luminosité de l’image</translation>
    </message>
    <message>
        <source>Exposure time</source>
        <translation>Temps de pose</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatique</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Finding faces</source>
        <translation>Trouver les visages</translation>
    </message>
    <message>
        <source>Recognising a face</source>
        <translation>Reconnaître un visage</translation>
    </message>
    <message>
        <source>Liveness</source>
        <translation>Vivacité</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Image entière</translation>
    </message>
    <message>
        <source>Nothing to recognise just now: stand before the camera and look again.</source>
        <translation>Rien à reconnaître à l’instant : placez-vous devant la caméra et recommencez.</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>non utilisé</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Libre</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Base de données</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Events in the log</source>
        <translation>Événements du journal</translation>
    </message>
    <message>
        <source>Last backup</source>
        <translation>Dernière sauvegarde</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adresses</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>%1 a second, %2 asked for</source>
        <translation>%1 par seconde, %2 demandées</translation>
    </message>
    <message>
        <source>Licence %1. %2</source>
        <translation>Licence %1. %2</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>Bien</translation>
    </message>
    <message>
        <source>Not here</source>
        <translation>Pas ici</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>Does not work</source>
        <translation>Ne marche pas</translation>
    </message>
    <message>
        <source>Out of service</source>
        <translation>Hors service</translation>
    </message>
    <message>
        <source>Lock down</source>
        <translation>Verrouiller la porte</translation>
    </message>
    <message>
        <source>Nobody is let in until it is lifted</source>
        <translation>Personne n’entre tant que ce n’est pas levé</translation>
    </message>
    <message>
        <source>Lock the door down?</source>
        <translation>Verrouiller la porte ?</translation>
    </message>
    <message>
        <source>Nobody is let in, by face, PIN or from afar, until somebody lifts it. It stays after a restart. The exit button still works.</source>
        <translation>Personne n’entre, ni par visage, ni par code, ni à distance, jusqu’à ce que quelqu’un le lève. Cela reste après un redémarrage. Le bouton de sortie fonctionne toujours.</translation>
    </message>
    <message>
        <source>Why, for the log (may be empty)</source>
        <translation>Pourquoi, pour le journal (peut rester vide)</translation>
    </message>
    <message>
        <source>Locked down</source>
        <translation>Verrouillée</translation>
    </message>
    <message>
        <source>The door is locked down. Nobody is let in.</source>
        <translation>La porte est verrouillée. Personne n’entre.</translation>
    </message>
    <message>
        <source>Lift the lockdown</source>
        <translation>Lever le verrouillage</translation>
    </message>
    <message>
        <source>Lift the lockdown?</source>
        <translation>Lever le verrouillage ?</translation>
    </message>
    <message>
        <source>People are let in again by the rules.</source>
        <translation>Les personnes entrent de nouveau selon les règles.</translation>
    </message>
    <message>
        <source>The lockdown is lifted</source>
        <translation>Le verrouillage est levé</translation>
    </message>
    <message>
        <source>%1, to %2</source>
        <comment>%1 is a date and time, %2 a file</comment>
        <translation>%1, dans %2</translation>
    </message>
    <message>
        <source>Never: if this device is lost, so are people and rules. See Backup above.</source>
        <translation>Jamais : si cet appareil est perdu, les personnes et les règles le sont aussi. Voir Sauvegarde plus haut.</translation>
    </message>
</context>
<context>
    <name>TimeSheet</name>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Montrer</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Look at the camera to come in</source>
        <translation>Regardez la caméra pour entrer</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>state of the door, feminine in French</comment>
        <translation>Ouverte</translation>
    </message>
    <message>
        <source>Locked</source>
        <comment>state of the door, feminine in French</comment>
        <translation>Verrouillée</translation>
    </message>
    <message>
        <source>Come a little closer</source>
        <translation>Approchez un peu</translation>
    </message>
    <message>
        <source>Take a small step back</source>
        <translation>Reculez un peu</translation>
    </message>
    <message>
        <source>Please look here</source>
        <translation>Regardez par ici</translation>
    </message>
    <message>
        <source>A little more light, please</source>
        <translation>Un peu plus de lumière</translation>
    </message>
    <message>
        <source>One person at a time</source>
        <translation>Une personne à la fois</translation>
    </message>
    <message>
        <source>Please hold still</source>
        <translation>Restez immobile</translation>
    </message>
    <message>
        <source>Please look at the camera</source>
        <translation>Regardez la caméra</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>Un instant, merci</translation>
    </message>
    <message>
        <source>All done, thank you</source>
        <translation>C’est fait, merci</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Bienvenue</translation>
    </message>
    <message>
        <source>Welcome, %1</source>
        <comment>%1 is the person&apos;s name</comment>
        <translation>Bienvenue, %1</translation>
    </message>
    <message>
        <source>The door is open</source>
        <translation>La porte est ouverte</translation>
    </message>
    <message>
        <source>The door is locked again</source>
        <translation>La porte est reverrouillée</translation>
    </message>
    <message>
        <source>%1&#xa0;s</source>
        <comment>seconds left</comment>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>Sorry, I can’t open for you now</source>
        <translation>Désolé, je ne peux pas vous ouvrir</translation>
    </message>
    <message>
        <source>You can try again in a moment.</source>
        <translation>Vous pouvez réessayer dans un instant.</translation>
    </message>
    <message>
        <source>Help: %1</source>
        <comment>%1 is whom to call</comment>
        <translation>Aide&#xa0;: %1</translation>
    </message>
    <message>
        <source>This door is out of service</source>
        <translation>Cette porte est hors service</translation>
    </message>
    <message>
        <source>Please tell whoever looks after this door.</source>
        <translation>Merci de prévenir les responsables de la porte.</translation>
    </message>
    <message>
        <source>The exit button still works.</source>
        <translation>Le bouton de sortie fonctionne toujours.</translation>
    </message>
    <message>
        <source>The camera gives no picture.</source>
        <translation>La caméra ne donne pas d’image.</translation>
    </message>
    <message>
        <source>Faces cannot be found in the picture.</source>
        <translation>Les visages ne sont pas détectés.</translation>
    </message>
    <message>
        <source>Faces cannot be recognised.</source>
        <translation>Les visages ne sont pas reconnus.</translation>
    </message>
    <message>
        <source>Real faces cannot be told from photographs.</source>
        <translation>Un vrai visage ne peut être distingué d’une photo.</translation>
    </message>
    <message>
        <source>The lock does not answer.</source>
        <translation>La serrure ne répond pas.</translation>
    </message>
    <message>
        <source>The pictures come from a recording.</source>
        <translation>Les images viennent d’un enregistrement.</translation>
    </message>
    <message>
        <source>This camera is not permitted.</source>
        <translation>Cette caméra n’est pas autorisée.</translation>
    </message>
    <message>
        <source>Visits cannot be saved.</source>
        <translation>Les passages ne sont pas enregistrés.</translation>
    </message>
    <message>
        <source>Pictures of visits cannot be saved.</source>
        <translation>Les photos des passages ne sont pas enregistrées.</translation>
    </message>
    <message>
        <source>The storage of this device is full.</source>
        <translation>Le stockage de cet appareil est plein.</translation>
    </message>
    <message>
        <source>The list of people cannot be read.</source>
        <translation>La liste des personnes est illisible.</translation>
    </message>
    <message>
        <source>Check the cable behind the panel.</source>
        <translation>Vérifiez le câble derrière le panneau.</translation>
    </message>
    <message>
        <source>The face detection has to be installed again.</source>
        <translation>La détection des visages est à réinstaller.</translation>
    </message>
    <message>
        <source>The face recognition has to be installed again.</source>
        <translation>La reconnaissance des visages est à réinstaller.</translation>
    </message>
    <message>
        <source>The liveness check has to be installed again.</source>
        <translation>La détection du vivant est à réinstaller.</translation>
    </message>
    <message>
        <source>Check the power and the cable of the lock.</source>
        <translation>Vérifiez l’alimentation et le câble de la serrure.</translation>
    </message>
    <message>
        <source>Only a live camera may open this lock.</source>
        <translation>Seule une caméra en direct peut ouvrir cette serrure.</translation>
    </message>
    <message>
        <source>See the camera settings.</source>
        <translation>Voir les réglages de la caméra.</translation>
    </message>
    <message>
        <source>Check the storage of this device.</source>
        <translation>Vérifiez le stockage de cet appareil.</translation>
    </message>
    <message>
        <source>Visits cannot be saved now. The door works as usual.</source>
        <translation>Les passages ne sont pas enregistrés. La porte fonctionne normalement.</translation>
    </message>
    <message>
        <source>Pictures of visits cannot be saved now. The door works as usual.</source>
        <translation>Les photos des passages ne sont pas enregistrées. La porte fonctionne normalement.</translation>
    </message>
    <message>
        <source>DEMO – no real door</source>
        <translation>DÉMO – pas de vraie porte</translation>
    </message>
    <message>
        <source>Simulated lock – this door does not open</source>
        <translation>Serrure simulée – cette porte ne s’ouvre pas</translation>
    </message>
    <message>
        <source>Liveness check is off</source>
        <translation>Détection du vivant désactivée</translation>
    </message>
    <message>
        <source>Please contact: %1</source>
        <comment>%1 is a name and a number</comment>
        <translation>Merci de contacter&#xa0;: %1</translation>
    </message>
    <message>
        <source>Set-up view – names and scores are shown</source>
        <translation>Vue d’installation – noms et scores affichés</translation>
    </message>
    <message>
        <source>Please try again in %1&#xa0;s</source>
        <comment>%1 is seconds</comment>
        <translation>Veuillez réessayer dans %1&#xa0;s</translation>
    </message>
    <message>
        <source>Please try again in %1&#xa0;min</source>
        <comment>%1 is minutes</comment>
        <translation>Veuillez réessayer dans %1&#xa0;min</translation>
    </message>
    <message>
        <source>Enter a PIN</source>
        <translation>Saisir un code</translation>
    </message>
    <message>
        <source>And your PIN, please</source>
        <translation>Et votre code, s’il vous plaît</translation>
    </message>
    <message>
        <source>Enter your PIN</source>
        <translation>Saisissez votre code</translation>
    </message>
    <message>
        <source>Please stay in front of the camera.</source>
        <translation>Restez devant la caméra, s’il vous plaît.</translation>
    </message>
    <message>
        <source>Then press the tick.</source>
        <translation>Puis touchez la coche.</translation>
    </message>
    <message>
        <source>Viewers cannot reach this door.</source>
        <translation>Les postes distants ne joignent pas cette porte.</translation>
    </message>
    <message>
        <source>The certificate of this door is ending.</source>
        <translation>Le certificat de cette porte arrive à échéance.</translation>
    </message>
    <message>
        <source>See the viewers in the settings.</source>
        <translation>Voir les postes distants dans les réglages.</translation>
    </message>
    <message>
        <source>Ring</source>
        <comment>on the button of the doorbell</comment>
        <translation>Sonner</translation>
    </message>
    <message>
        <source>Ringing …</source>
        <translation>Ça sonne…</translation>
    </message>
    <message>
        <source>Somebody answers</source>
        <translation>On vous répond</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <comment>%1 is who answers the bell</comment>
        <translation>%1 vous répond</translation>
    </message>
    <message>
        <source>Nobody answered</source>
        <translation>Personne n’a répondu</translation>
    </message>
    <message>
        <source>Opened by %1</source>
        <comment>%1 is who opened the door from afar</comment>
        <translation>Ouverte par %1</translation>
    </message>
    <message>
        <source>The door is locked for now</source>
        <translation>La porte est verrouillée pour l’instant</translation>
    </message>
    <message>
        <source>Please come back later, or ring.</source>
        <translation>Revenez plus tard, ou sonnez.</translation>
    </message>
    <message>
        <source>Please come back later.</source>
        <translation>Revenez plus tard.</translation>
    </message>
    <message>
        <source>Somebody sees you through this camera</source>
        <translation>Quelqu’un vous voit par cette caméra</translation>
    </message>
</context>
<context>
    <name>ViewerWords</name>
    <message>
        <source>Live view</source>
        <translation>Vue en direct</translation>
    </message>
    <message>
        <source>Hold to open</source>
        <translation>Maintenir pour ouvrir</translation>
    </message>
    <message>
        <source>Hold to lock down</source>
        <translation>Maintenir pour verrouiller</translation>
    </message>
    <message>
        <source>Reason, such as a parcel</source>
        <translation>Raison, un colis par exemple</translation>
    </message>
    <message>
        <source>Reason for opening the door or locking it down</source>
        <translation>Raison de l’ouverture ou du verrouillage</translation>
    </message>
    <message>
        <source>Key F5</source>
        <translation>Touche F5</translation>
    </message>
    <message>
        <source>Hold the mouse button or the space bar for one second</source>
        <translation>Maintenez le bouton de la souris ou la barre d’espace une seconde</translation>
    </message>
    <message>
        <source>Asking the door …</source>
        <translation>Demande à la porte…</translation>
    </message>
    <message>
        <source>The door is open.</source>
        <translation>La porte est ouverte.</translation>
    </message>
    <message>
        <source>The door is locked down.</source>
        <translation>La porte est verrouillée.</translation>
    </message>
    <message>
        <source>The lockdown is over.</source>
        <translation>Le verrouillage est levé.</translation>
    </message>
    <message>
        <source>Choose a door.</source>
        <translation>Choisissez une porte.</translation>
    </message>
    <message>
        <source>Hold to end lockdown</source>
        <translation>Maintenir pour rétablir</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>While the door is locked down it opens for nobody.</source>
        <translation>Tant que la porte est verrouillée, elle n’ouvre à personne.</translation>
    </message>
    <message>
        <source>%1: the certificate changed. Nothing is sent to this door.</source>
        <translation>%1 : le certificat a changé. Rien n’est envoyé à cette porte.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a door&apos;s name, what is wrong</comment>
        <translation>%1 : %2</translation>
    </message>
    <message>
        <source>%1: %L2 visits were refused in a row.</source>
        <translation>%1 : %L2 visites refusées de suite.</translation>
    </message>
    <message>
        <source>and %L1 more</source>
        <comment>matters</comment>
        <translation>et %L1 de plus</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Répondre</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>Choose a visit to see its picture and every entry of it.</source>
        <translation>Choisissez une visite pour voir sa photo et toutes ses entrées.</translation>
    </message>
    <message>
        <source>No picture was kept</source>
        <translation>Aucune photo n’a été gardée</translation>
    </message>
    <message>
        <source>The picture was deleted</source>
        <translation>La photo a été supprimée</translation>
    </message>
    <message>
        <source>The picture is at the door, which is not connected</source>
        <translation>La photo est à la porte, qui n’est pas connectée</translation>
    </message>
    <message>
        <source>The door could not write this to its log yet.</source>
        <translation>La porte n’a pas encore pu l’écrire dans son journal.</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simulée</translation>
    </message>
    <message>
        <source>All doors</source>
        <translation>Toutes les portes</translation>
    </message>
    <message>
        <source>%L1 doors, one timeline</source>
        <translation>%L1 portes, un seul fil</translation>
    </message>
    <message>
        <source>Doors</source>
        <translation>Portes</translation>
    </message>
    <message>
        <source>Pair a door</source>
        <translation>Associer une porte</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>About this door</source>
        <translation>À propos de cette porte</translation>
    </message>
    <message>
        <source>All online</source>
        <translation>Toutes en ligne</translation>
    </message>
    <message>
        <source>%L1 not connected</source>
        <translation>%L1 hors ligne</translation>
    </message>
    <message>
        <source>Search names and reasons</source>
        <translation>Chercher un nom ou une raison</translation>
    </message>
    <message>
        <source>Save this list as a CSV file</source>
        <translation>Enregistrer cette liste en fichier CSV</translation>
    </message>
    <message>
        <source>The day before</source>
        <translation>Le jour précédent</translation>
    </message>
    <message>
        <source>The next day</source>
        <translation>Le jour suivant</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>Tous les jours</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Fil des visites</translation>
    </message>
    <message>
        <source>not in the log yet</source>
        <translation>pas encore au journal</translation>
    </message>
    <message>
        <source>Waiting for the camera …</source>
        <translation>En attente de la caméra…</translation>
    </message>
    <message>
        <source>With a link</source>
        <translation>Avec un lien</translation>
    </message>
    <message>
        <source>With a code</source>
        <translation>Avec un code</translation>
    </message>
    <message>
        <source>Pairing link</source>
        <translation>Lien d’association</translation>
    </message>
    <message>
        <source>Address of the door</source>
        <translation>Adresse de la porte</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Name of this viewer at the door</source>
        <translation>Nom de cet écran auprès de la porte</translation>
    </message>
    <message>
        <source>It differs</source>
        <translation>Elle diffère</translation>
    </message>
    <message>
        <source>It is the same</source>
        <translation>C’est la même</translation>
    </message>
    <message>
        <source>Good that you looked. This was not your door, or somebody stands in between. Nothing was sent to it.</source>
        <translation>Vous avez bien fait de regarder. Ce n’était pas votre porte, ou quelqu’un s’est glissé entre vous. Rien ne lui a été envoyé.</translation>
    </message>
    <message>
        <source>At the door an admin chooses &quot;Pair a viewer&quot;. The picture there holds the link; a phone reads it and can send it to you.</source>
        <translation>À la porte, un administrateur choisit « Associer un écran ». L’image affichée contient le lien ; un téléphone le lit et peut vous l’envoyer.</translation>
    </message>
    <message>
        <source>At the door an admin chooses &quot;Pair a viewer&quot;. Type the code that stands there; it is good for 5 minutes.</source>
        <translation>À la porte, un administrateur choisit « Associer un écran ». Tapez le code affiché ; il est valable 5 minutes.</translation>
    </message>
    <message>
        <source>Found nearby: %1</source>
        <translation>Trouvée à proximité : %1</translation>
    </message>
    <message>
        <source>%1 answers with the certificate that the link names. Its fingerprint, as the door shows it beside the code:</source>
        <translation>%1 répond avec le certificat que le lien nomme. Voici son empreinte, telle que la porte l’affiche à côté du code :</translation>
    </message>
    <message>
        <source>%1 answers. Compare this fingerprint with the one on the door&apos;s screen, all of it. Only if both are the same it is your door.</source>
        <translation>%1 répond. Comparez toute cette empreinte avec celle de l’écran de la porte. C’est votre porte seulement si les deux sont identiques.</translation>
    </message>
    <message>
        <source>What is kept here cannot be read</source>
        <translation>Ce qui est gardé ici est illisible</translation>
    </message>
    <message>
        <source>No visit fits the search and the choices above. Esc takes them back.</source>
        <translation>Aucune visite ne correspond à la recherche et aux choix ci-dessus. Échap les annule.</translation>
    </message>
    <message>
        <source>Whoever stands before the door appears here within half a second.</source>
        <translation>Toute personne devant la porte apparaît ici en une demi-seconde.</translation>
    </message>
    <message>
        <source>Forget %1?</source>
        <translation>Oublier %1 ?</translation>
    </message>
    <message>
        <source>The key, the entries and the pictures kept on this computer go. The door keeps its own. To see it again, pair it again.</source>
        <translation>La clé, les entrées et les photos gardées sur cet ordinateur disparaissent. La porte garde les siennes. Pour la revoir, associez-la de nouveau.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Oublier</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Notifications</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>Bureau</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Son</translation>
    </message>
    <message>
        <source>Language (from the next start on)</source>
        <translation>Langue (au prochain démarrage)</translation>
    </message>
    <message>
        <source>The desktop&apos;s</source>
        <translation>Celle du bureau</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>This viewer</source>
        <translation>Cet écran</translation>
    </message>
    <message>
        <source>What you call it; empty for its own name</source>
        <translation>Comment vous l’appelez ; vide pour son propre nom</translation>
    </message>
    <message>
        <source>Forget this door</source>
        <translation>Oublier cette porte</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>Quiet hours: no sound, and alarms alone on the desktop</source>
        <translation>Heures calmes : aucun son, et seules les alarmes sur le bureau</translation>
    </message>
    <message>
        <source>From</source>
        <translation>De</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>À</translation>
    </message>
    <message>
        <source>Start in the tray, without a window</source>
        <translation>Démarrer dans la zone de notification, sans fenêtre</translation>
    </message>
    <message>
        <source>No door yet</source>
        <translation>Aucune porte pour l’instant</translation>
    </message>
    <message>
        <source>Pair this computer with a door once. From then on you see each visit, hear the doorbell and open from here.</source>
        <translation>Associez une fois cet ordinateur à une porte. Ensuite vous verrez chaque visite, entendrez la sonnette et ouvrirez d’ici.</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>Enregistrer la liste</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tableaux (*.csv)</translation>
    </message>
    <message>
        <source>%L1 entries were saved.</source>
        <translation>%L1 entrées enregistrées.</translation>
    </message>
    <message>
        <source>Paired with %1.</source>
        <translation>Associé à %1.</translation>
    </message>
    <message>
        <source>A door without a name</source>
        <translation>Une porte sans nom</translation>
    </message>
    <message>
        <source>Catching up: %L1 to come</source>
        <translation>Rattrapage : encore %L1</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>En ligne</translation>
    </message>
    <message>
        <source>Certificate changed</source>
        <translation>Certificat modifié</translation>
    </message>
    <message>
        <source>Another door answers there</source>
        <translation>Une autre porte y répond</translation>
    </message>
    <message>
        <source>The door does not know this viewer</source>
        <translation>La porte ne connaît pas cet écran</translation>
    </message>
    <message>
        <source>Paired, but revoked</source>
        <translation>Associé, mais révoqué</translation>
    </message>
    <message>
        <source>The pairing has expired</source>
        <translation>L’association a expiré</translation>
    </message>
    <message>
        <source>The door refuses this viewer&apos;s key</source>
        <translation>La porte refuse la clé de cet écran</translation>
    </message>
    <message>
        <source>The door speaks another version</source>
        <translation>La porte parle une autre version</translation>
    </message>
    <message>
        <source>Door is off</source>
        <translation>La porte est éteinte</translation>
    </message>
    <message>
        <source>Door is off since %1</source>
        <translation>Éteinte depuis %1</translation>
    </message>
    <message>
        <source>The door is out of service</source>
        <translation>La porte est hors service</translation>
    </message>
    <message>
        <source>Too many viewers are connected</source>
        <translation>Trop d’écrans sont connectés</translation>
    </message>
    <message>
        <source>Not reached yet</source>
        <translation>Pas encore jointe</translation>
    </message>
    <message>
        <source>Not reached since %1</source>
        <translation>Injoignable depuis %1</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>The door shows another certificate than when it was paired. Somebody may stand between you and the door. Nothing is sent to it. If the certificate was renewed on purpose, forget the door and pair it again beside it.</source>
        <translation>La porte présente un autre certificat que lors de l’association. Quelqu’un s’est peut-être glissé entre vous et la porte. Rien ne lui est envoyé. Si le certificat a été renouvelé exprès, oubliez la porte et associez-la de nouveau sur place.</translation>
    </message>
    <message>
        <source>At this address another door answers now. Forget it and pair it again if that is right.</source>
        <translation>À cette adresse, une autre porte répond désormais. Si c’est voulu, oubliez-la et associez-la de nouveau.</translation>
    </message>
    <message>
        <source>An admin of the door has removed this viewer. To see it again, pair it again at the door.</source>
        <translation>Un administrateur de la porte a retiré cet écran. Pour la revoir, associez-la de nouveau sur place.</translation>
    </message>
    <message>
        <source>The pairing was for a limited time. Pair it again at the door.</source>
        <translation>L’association était limitée dans le temps. Associez-la de nouveau sur place.</translation>
    </message>
    <message>
        <source>The key kept here does not fit the door. Forget the door and pair it again.</source>
        <translation>La clé gardée ici ne convient pas à la porte. Oubliez la porte et associez-la de nouveau.</translation>
    </message>
    <message>
        <source>Door and viewer are of different versions. Update the older one.</source>
        <translation>La porte et l’écran sont de versions différentes. Mettez à jour le plus ancien.</translation>
    </message>
    <message>
        <source>The door takes no more connections. It is tried again.</source>
        <translation>La porte n’accepte plus de connexions. Un nouvel essai suivra.</translation>
    </message>
    <message>
        <source>It is tried again by itself. Check that the door has power and both are on the network.</source>
        <translation>Un nouvel essai suivra tout seul. Vérifiez que la porte est alimentée et que les deux sont sur le réseau.</translation>
    </message>
    <message>
        <source>Locked down</source>
        <translation>Verrouillée</translation>
    </message>
    <message>
        <source>Locked down by %1</source>
        <translation>Verrouillée par %1</translation>
    </message>
    <message>
        <source>No visits yet</source>
        <translation>Aucune visite pour l’instant</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <comment>a time, let in or refused, a name</comment>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>May watch</source>
        <translation>Peut regarder</translation>
    </message>
    <message>
        <source>May watch and open</source>
        <translation>Peut regarder et ouvrir</translation>
    </message>
    <message>
        <source>May do everything</source>
        <translation>Peut tout faire</translation>
    </message>
    <message>
        <source>The door reports a fault: %1</source>
        <translation>La porte signale un défaut : %1</translation>
    </message>
    <message>
        <source>The door is not connected.</source>
        <translation>La porte n’est pas connectée.</translation>
    </message>
    <message>
        <source>This viewer may watch, not open. An admin can change that at the door.</source>
        <translation>Cet écran peut regarder, pas ouvrir. Un administrateur peut changer cela à la porte.</translation>
    </message>
    <message>
        <source>This viewer may not look through the camera.</source>
        <translation>Cet écran ne peut pas regarder par la caméra.</translation>
    </message>
    <message>
        <source>It took too long to reach the door, so it was not done. Try again.</source>
        <translation>Joindre la porte a pris trop de temps ; rien n’a été fait. Réessayez.</translation>
    </message>
    <message>
        <source>Too often within a minute. Wait a little.</source>
        <translation>Trop souvent en une minute. Attendez un peu.</translation>
    </message>
    <message>
        <source>This viewer may not do that.</source>
        <translation>Cet écran n’y est pas autorisé.</translation>
    </message>
    <message>
        <source>This viewer&apos;s pairing was revoked.</source>
        <translation>L’association de cet écran a été révoquée.</translation>
    </message>
    <message>
        <source>The door is out of service.</source>
        <translation>La porte est hors service.</translation>
    </message>
    <message>
        <source>The door refused this viewer&apos;s signature.</source>
        <translation>La porte a refusé la signature de cet écran.</translation>
    </message>
    <message>
        <source>The door could not be reached. Whether it opened is not known.</source>
        <translation>La porte n’a pas pu être jointe. On ne sait pas si elle s’est ouverte.</translation>
    </message>
    <message>
        <source>The door refused: %1</source>
        <translation>La porte a refusé : %1</translation>
    </message>
    <message>
        <source>This is no pairing link. Copy the whole line that begins with facelatch://</source>
        <translation>Ce n’est pas un lien d’association. Copiez toute la ligne qui commence par facelatch://</translation>
    </message>
    <message>
        <source>A code has eight letters and digits, such as ABCD-EFGH.</source>
        <translation>Un code a huit lettres ou chiffres, comme ABCD-EFGH.</translation>
    </message>
    <message>
        <source>The code is wrong, was used already, or its 5 minutes are over. Ask for a new one at the door.</source>
        <translation>Le code est faux, déjà utilisé, ou ses 5 minutes sont passées. Demandez-en un nouveau à la porte.</translation>
    </message>
    <message>
        <source>No pairing is open at the door. Choose &quot;Pair a viewer&quot; there first.</source>
        <translation>Aucune association n’est ouverte à la porte. Choisissez-y d’abord « Associer un écran ».</translation>
    </message>
    <message>
        <source>Nobody answers at this address. Check that the door is on and on the same network.</source>
        <translation>Personne ne répond à cette adresse. Vérifiez que la porte est allumée et sur le même réseau.</translation>
    </message>
    <message>
        <source>The door broke off. Try again.</source>
        <translation>La porte a coupé la communication. Réessayez.</translation>
    </message>
    <message>
        <source>What answers there is not the door of the link: its certificate differs. Nothing was sent to it.</source>
        <translation>Ce qui répond là n’est pas la porte du lien : son certificat diffère. Rien ne lui a été envoyé.</translation>
    </message>
    <message>
        <source>Another door answers at this address.</source>
        <translation>Une autre porte répond à cette adresse.</translation>
    </message>
    <message>
        <source>The door takes no more connections now. Try again in a minute.</source>
        <translation>La porte n’accepte plus de connexions. Réessayez dans une minute.</translation>
    </message>
    <message>
        <source>The door is out of service and pairs nobody now.</source>
        <translation>La porte est hors service et n’associe personne pour l’instant.</translation>
    </message>
    <message>
        <source>The door refused the pairing.</source>
        <translation>La porte a refusé l’association.</translation>
    </message>
    <message>
        <source>Refused visits</source>
        <translation>Visites refusées</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>Alarmes</translation>
    </message>
    <message>
        <source>Doorbell</source>
        <translation>Sonnette</translation>
    </message>
    <message>
        <source>Visits that are let in</source>
        <translation>Visites acceptées</translation>
    </message>
    <message>
        <source>Somebody rings at %1</source>
        <translation>Quelqu’un sonne à %1</translation>
    </message>
    <message>
        <source>You answered</source>
        <translation>Vous avez répondu</translation>
    </message>
    <message>
        <source>Nobody answered</source>
        <translation>Personne n’a répondu</translation>
    </message>
    <message>
        <source>%1 answered</source>
        <translation>%1 a répondu</translation>
    </message>
</context>
</TS>
