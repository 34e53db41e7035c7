#include "ui/theme/tokens.h"

#include <algorithm>
#include <cmath>

namespace cockpit {

namespace {

QColor rgb(QRgb value)
{
    return QColor::fromRgb(value);
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

// Relative luminance, WCAG 2.1.
double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

const Tokens &lightTokens()
{
    static const Tokens tokens{
        .dark = false,
        .window = rgb(0xF5F6F8),
        .surface = rgb(0xFFFFFF),
        .line = rgb(0xE1E5EA),
        .text = rgb(0x14181F),
        .muted = rgb(0x5A6472),
        .faint = rgb(0x8A94A3),
        .accent = rgb(0x2F5BEA),
        .accentSoft = rgb(0xE9EEFF),
        .onAccent = rgb(0xFFFFFF),
        .pass = rgb(0x167A4A),
        .passSoft = rgb(0xE3F4EA),
        .warn = rgb(0x9A5B00),
        .warnSoft = rgb(0xFFF1D9),
        .fail = rgb(0xBF2419),
        .failSoft = rgb(0xFDE8E6),
        .idle = rgb(0x6B7583),
        .idleSoft = rgb(0xEEF0F3),
    };
    return tokens;
}

const Tokens &darkTokens()
{
    static const Tokens tokens{
        .dark = true,
        .window = rgb(0x0F1216),
        .surface = rgb(0x171B21),
        .line = rgb(0x2A313A),
        .text = rgb(0xE9EDF2),
        .muted = rgb(0xA3AEBC),
        .faint = rgb(0x76818F),
        .accent = rgb(0x7C9BFF),
        .accentSoft = rgb(0x1E2A4D),
        .onAccent = rgb(0x0F1216),
        .pass = rgb(0x5BD093),
        .passSoft = rgb(0x12301F),
        .warn = rgb(0xF2B65A),
        .warnSoft = rgb(0x38280E),
        .fail = rgb(0xFF8278),
        .failSoft = rgb(0x3D1815),
        .idle = rgb(0x98A3B1),
        .idleSoft = rgb(0x232A32),
    };
    return tokens;
}

const Tokens &tokensFor(const QPalette &palette)
{
    // By the text, not the ground: a style sheet makes the ground of some widgets transparent, which counts as black.
    return palette.color(QPalette::WindowText).lightness() > 128 ? darkTokens() : lightTokens();
}

QPalette paletteFor(const Tokens &t)
{
    QPalette palette(t.text, t.surface, t.surface, t.line, t.faint, t.muted, t.text, t.surface, t.window);
    palette.setColor(QPalette::Highlight, t.accent);
    palette.setColor(QPalette::HighlightedText, t.onAccent);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::LinkVisited, t.accent);
    palette.setColor(QPalette::PlaceholderText, t.muted);
    palette.setColor(QPalette::AlternateBase, t.window);
    palette.setColor(QPalette::ToolTipBase, t.surface);
    palette.setColor(QPalette::ToolTipText, t.text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, t.muted);
    return palette;
}

ToneColors toneColors(const Tokens &t, Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return {t.muted, t.idleSoft};
    case Tone::Accent:
        return {t.accent, t.accentSoft};
    case Tone::Pass:
        return {t.pass, t.passSoft};
    case Tone::Warn:
        return {t.warn, t.warnSoft};
    case Tone::Fail:
        return {t.fail, t.failSoft};
    }
    Q_UNREACHABLE();
}

double contrastRatio(const QColor &a, const QColor &b)
{
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace cockpit
