// SPDX-License-Identifier: GPL-3.0-or-later
// Style tokens: every colour, size and duration of the screens. They are written here and nowhere else.
#pragma once

#include <array>
#include <cstdint>

namespace facelatch::resources {

using Rgb = std::uint32_t; ///< 0xRRGGBB

/// One colour a role. Contrasts (WCAG 2.1, relative luminance) of every pair that meets on a screen are at least 5.5:1;
/// tests/ui/tst_tokens.cpp computes them.
struct Palette {
    Rgb background;
    Rgb surface; ///< cards, pills and bars on the background
    Rgb text;
    Rgb muted; ///< secondary text
    Rgb accent;
    Rgb granted;   ///< always with a tick
    Rgb refused;   ///< always with a wave; also what needs attention
    Rgb alarm;     ///< always with a triangle; alarms only
    Rgb onGranted; ///< text and icons on a field of `granted`
    Rgb outline;   ///< other faces in the picture, edges of controls; carries no text
    Rgb onAccent;  ///< text and icons on a field of `accent`
    Rgb onAlarm;   ///< text and icons on a field of `alarm`
};

inline constexpr Palette darkPalette{
    .background = 0x0E1420,
    .surface = 0x182133,
    .text = 0xF2F5FA,
    .muted = 0xA9B4C6,
    .accent = 0x5CB0FF,
    .granted = 0x3DD598,
    .refused = 0xFFB84D,
    .alarm = 0xFF7A70,
    .onGranted = 0x0E1420,
    .outline = 0xA9B4C6,
    .onAccent = 0x0E1420,
    .onAlarm = 0x0E1420,
};

inline constexpr Palette lightPalette{
    .background = 0xF6F8FB,
    .surface = 0xFFFFFF,
    .text = 0x121826,
    .muted = 0x4C586F,
    .accent = 0x0B5FCC,
    .granted = 0x0A7350,
    .refused = 0x8A5200,
    .alarm = 0xB4232A,
    .onGranted = 0xFFFFFF,
    .outline = 0x4C586F,
    .onAccent = 0xFFFFFF,
    .onAlarm = 0xFFFFFF,
};

/// The first that is installed is used.
inline constexpr std::array fontFamilies{"Noto Sans", "DejaVu Sans"};

/// All sizes are pixels on the reference screen; other screens scale them (ui/style.h).
inline constexpr int referenceWidth = 800, referenceHeight = 480;
/// Below and above, the screen is no door panel: sizes stop following the window.
inline constexpr double smallestScale = 0.4, largestScale = 6;

inline constexpr int fontSmall = 16, fontBody = 20, fontTitle = 28, fontHeadline = 44, fontDisplay = 72;
inline constexpr int spaceXs = 8, spaceS = 16, spaceM = 24, spaceL = 32, spaceXl = 48;
inline constexpr int corner = 12;
/// Lines a sentence or a name may take, and the strip of notices.
inline constexpr int mostLines = 3, mostBannerLines = 4, mostParagraphLines = 12;
/// Faults that have room to be told in full size, and with what to do.
inline constexpr int largeFaults = 2, explainedFaults = 3, explainedFaultsInPortrait = 5;
inline constexpr int iconSmall = 24, iconBody = 32, iconTitle = 48, iconDisplay = 96;
/// Height kept free for the controls at the foot of the idle screen: one touch target.
inline constexpr int touchTarget = 64;
inline constexpr int listRow = 48; ///< least height of a row that may be touched in a list
inline constexpr int thinLine = 2; ///< boxes of other faces
inline constexpr int ovalLine = 8, ovalHalo = 16;
/// Height at the foot of the live picture that the line of help covers.
inline constexpr int helpZone = 104;
/// The number pad: keys at least so wide (and a touch target high), in so many columns of digits; the row of dots.
inline constexpr int padKey = 80, padDigits = 10, padColumns = 3, pinDots = 40, pinDot = 16;
/// The admin's screens.
inline constexpr int railWidth = 112, railHeight = 80;          ///< beside the page, or below it in portrait
inline constexpr int snapshotWidth = 300, snapshotHeight = 225; ///< of a visit
inline constexpr int sheetWidth = 560, fieldWidth = 360, keypadWidth = 320;
inline constexpr int sheetSides = 2 * 24;         ///< left and right of a sheet together
inline constexpr int keyboardHeight = 4 * 56 + 8; ///< four rows of keys
inline constexpr int toggleWidth = 56, toggleHeight = 32, toggleKnob = 24;
inline constexpr int personCardWidth = 300, personCardHeight = 88, personThumb = 64;    ///< people as cards
inline constexpr int keptPortraits = 300, portraitsUnderway = 4, portraitsWaiting = 60; ///< of the cards
inline constexpr int weekDays = 7, monthsOfYear = 12, daysOfMonth = 31, firstYear = 2020, lastYear = 2099;
inline constexpr int mostNotes = 2000, mostUses = 10'000; ///< letters about a person; visits
inline constexpr int arcSteps = 16;                       ///< of a degree, as QPainter counts them
inline constexpr int enrolDot = 48, enrolThumb = 96;      ///< pictures of an enrolment: on the way, and for approval
/// A QR code to be read by a camera: its side with the zone around it, and that zone in modules.
inline constexpr int qrSize = 264, qrQuietZone = 4;
inline constexpr Rgb qrLight = 0xFFFFFF, qrDark = 0x000000; ///< in every theme
inline constexpr int scrollMark = 4;                        ///< width of the mark that says where one is in a list
inline constexpr int scrollMarkMin = 32;
inline constexpr int busyPiece = 96;     ///< length of what moves in the line of a busy page
inline constexpr int longestField = 200; ///< letters of a name
inline constexpr int longestWho = 24;    ///< letters of the admin's name beside the title
inline constexpr int msPerSecond = 1000, secondsPerMinute = 60;
inline constexpr int stripHeight = 28; ///< what the visitor is told, above the admin's screens
inline constexpr int decimalBase = 10; ///< of the keypad
inline constexpr int mostDigits = 9, keypadColumns = 3;
inline constexpr int bandEdge = 4;
inline constexpr int progressBar = 8;

/// The viewer on a desktop: the same tokens, closer together, for a mouse and eyes half a metre away.
inline constexpr double desktopScale = 0.82; ///< the smallest font is 13 px
inline constexpr int desktopDarkBelow = 128; ///< lightness of the desktop's windows, of 255
inline constexpr int viewerWidth = 1280, viewerHeight = 720, viewerLeastWidth = 1000, viewerLeastHeight = 560;
inline constexpr int doorsWidth = 280, doorsLeast = 240, timelineLeast = 400, detailWidth = 410, detailLeast = 350;
inline constexpr int refusedAlarm = 3;    ///< visits refused in a row call for attention
inline constexpr int attentionRows = 2;   ///< at once in the bar; the others are counted
inline constexpr int longestReason = 200; ///< letters of why a door was opened
inline constexpr int longestLink = 2000;  ///< letters of a pairing link
inline constexpr int mostPort = 65535;
inline constexpr int holdMs = 1000, holdStepMs = 16; ///< how long a door's button is held
inline constexpr int resultMs = 8000;                ///< how long what came of it stays
inline constexpr int viewerTickMs = 15000;           ///< "2 min ago" is told anew
inline constexpr int searchSettlesMs = 200;          ///< after the last letter
inline constexpr int doorKeys = 9;                   ///< Ctrl+1 to Ctrl+9

inline constexpr double haloOpacity = 0.35;  ///< dark, behind what is drawn on the picture: it shows on bright ones too
inline constexpr double trackOpacity = 0.85; ///< the part of the ring that is not yet filled
inline constexpr double dimOpacity = 0.62;   ///< the veil over the picture behind an answer
inline constexpr double barTrackOpacity = 0.3;
inline constexpr double disabledOpacity = 0.35;
inline constexpr double pressedOpacity = 0.7; ///< of keys
inline constexpr double noteOpacity = 0.9;    ///< of the installer's notes: the picture is guessed behind them
inline constexpr double veilOpacity = 0.7;    ///< of the background over what a sheet lies on
inline constexpr double pressVeil = 0.14;     ///< of the text's colour over other things that are pressed
inline constexpr double sideKeyOpacity = 0.3; ///< of `outline`: shift, enter and such beside the letters
inline constexpr double edgeOpacity = 0.55;   ///< of `outline` around controls that are at rest
/// The smallest change of the ring that is drawn, of 1.
inline constexpr double ringStep = 0.004;

inline constexpr int lookPeriodMs = 16;   ///< how often the viewfinder looks for a frame: misses none of 30 a second
inline constexpr int framePeriodMs = 33;  ///< how often what is drawn on it moves while no frame comes
inline constexpr int clockPeriodMs = 250; ///< how late a clock or lock state may be on a resting screen
inline constexpr int fadeMs = 200;
inline constexpr int servicePressMs = 3000;   ///< how long the doctor's page is asked for
inline constexpr int serviceLeavesMs = 60000; ///< without a touch it goes
inline constexpr int adminLeavesMs = 60000;   ///< the admin's screens, without a touch
inline constexpr int setupLeavesMs = 300000;  ///< the first set-up: there is more to read
inline constexpr int leavingWarnsMs = 10000;  ///< before that the time left is counted
inline constexpr int flightMs = 250;          ///< of a picture into its dot
inline constexpr int enrolPollMs = 100, importPollMs = 300;
inline constexpr int noticeMs = 5000, undoMs = 10000;
inline constexpr int backupPollMs = 300;   ///< how often the progress of a backup is asked for
inline constexpr int busyPeriodMs = 1600;  ///< of what moves in the line of a busy page
inline constexpr int pressDelayMs = 80;    ///< a finger that rests so long presses rather than scrolls
inline constexpr int entryPressMs = 2000;  ///< how long the clock is held to be asked for the PIN
inline constexpr int pairingPollMs = 1000; ///< how often it is asked whether a viewer has come
inline constexpr int ringToldMs = 8000;    ///< what became of ringing stays so long
inline constexpr int settlesMs = 700;      ///< steps of a number within it are one change of a setting
// How much is shown, or fetched, at once.
inline constexpr int logPage = 60, logRowsAhead = 40; ///< rows; so many before the end the next page is asked for
inline constexpr int logPicturesAtATime = 2, logPicturesWanted = 24, logPicturesKept = 400;
inline constexpr int mostEventsShown = 200; ///< of a visit
inline constexpr int mostNoteLines = 3;
inline constexpr int mostMembersShown = 150; ///< who is not among them is found by typing
inline constexpr int mostOptionsShown = 100, optionsSearchedFrom = 10;
inline constexpr int fullBrightness = 100; ///< of screen.brightness
inline constexpr Rgb screenOff = 0x000000;
inline constexpr int restStepX = 37, restStepY = 23; ///< pixels a minute, without a common divisor
inline constexpr int hourMarks = 3;                  ///< hours between two marks of a week's grid
inline constexpr int thresholdDecimals = 3;          ///< and of every setting from 0 to 1
inline constexpr int factNameShare = 2, factValueShare = 3;
inline constexpr int mostSegments = 4;                      ///< a choice of more opens a list
inline constexpr int mostFound = 20;                        ///< settings that a search shows: their rows are heavy
inline constexpr int holidayFrom = 540, holidayUntil = 720; ///< minutes: offered to begin with, 09:00 to 12:00
inline constexpr int glideMs = 80;                          ///< time constant with which the oval follows the face
inline constexpr int hintHoldsMs = 700;                     ///< least time a hint stays, so that it can be read

/// A note of a sound. Sounds are made of notes one after the other, see ui/tones.h.
struct Note {
    double hertz, seconds;
};
inline constexpr std::array grantedNotes{Note{659.26, 0.11}, Note{987.77, 0.3}}; // E5, B5
inline constexpr std::array refusedNotes{Note{440.0, 0.16}, Note{349.23, 0.32}}; // A4, F4
inline constexpr std::array errorNotes{Note{261.63, 0.2}, Note{261.63, 0.34}};   // C4 twice
inline constexpr std::array keyNotes{Note{1760.0, 0.03}};
inline constexpr int soundRate = 48000, loudest = 100;         ///< samples a second; of sound.volume
inline constexpr double noteRise = 0.006, noteFall = 3.0;      ///< seconds; how many times e it falls
inline constexpr double overtone = 0.5, toneLevel = 1.0 / 1.5; ///< the octave above, and both together at most 1

} // namespace facelatch::resources
