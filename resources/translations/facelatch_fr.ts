<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
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
</context>
</TS>
