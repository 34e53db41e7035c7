// The one table of colours, distances and radii. Nothing outside ui/theme names a colour.
#pragma once

#include <QColor>
#include <QPalette>

namespace cockpit {

struct Tokens
{
    bool dark = false;
    QColor window, surface, line;
    QColor text, muted;
    QColor faint; // decoration only: too pale for text
    QColor accent, accentSoft, onAccent;
    QColor pass, passSoft;
    QColor warn, warnSoft;
    QColor fail, failSoft;
    QColor idle, idleSoft;
};

const Tokens &lightTokens();
const Tokens &darkTokens();

// The table that a palette made by paletteFor() stands for. Widgets ask with their own palette(), so that they follow a
// change of theme by the repaint that Qt sends them anyway.
const Tokens &tokensFor(const QPalette &palette);
QPalette paletteFor(const Tokens &tokens);

// What a state looks like, whatever it is about; a word or a shape always stands beside it.
enum class Tone { Neutral, Accent, Pass, Warn, Fail };

struct ToneColors
{
    QColor ink;  // text and shapes
    QColor soft; // behind them
};
ToneColors toneColors(const Tokens &tokens, Tone tone);

// WCAG 2.1 contrast ratio, 1 to 21.
double contrastRatio(const QColor &a, const QColor &b);

namespace space {
constexpr int kTiny = 4;
constexpr int kSmall = 8;
constexpr int kMedium = 12;
constexpr int kLarge = 16;
constexpr int kWide = 24;
constexpr int kHuge = 32;
} // namespace space

constexpr int kControlRadius = 8;
constexpr int kCardRadius = 12;

} // namespace cockpit
