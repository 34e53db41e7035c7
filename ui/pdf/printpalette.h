// Colours on paper: the light tokens of the window's theme, which this folder cannot include (it has no widgets).
#pragma once

#include <QColor>

namespace cockpit::print {

inline constexpr QColor kText = QColor(0x14, 0x18, 0x1F);
inline constexpr QColor kMuted = QColor(0x5A, 0x64, 0x72);
inline constexpr QColor kLine = QColor(0xE1, 0xE5, 0xEA);
inline constexpr QColor kShade = QColor(0xF5, 0xF6, 0xF8);
inline constexpr QColor kAccent = QColor(0x2F, 0x5B, 0xEA);
inline constexpr QColor kPass = QColor(0x16, 0x7A, 0x4A);
inline constexpr QColor kPassSoft = QColor(0xE3, 0xF4, 0xEA);
inline constexpr QColor kWarn = QColor(0x9A, 0x5B, 0x00);
inline constexpr QColor kWarnSoft = QColor(0xFF, 0xF1, 0xD9);
inline constexpr QColor kFail = QColor(0xBF, 0x24, 0x19);
inline constexpr QColor kFailSoft = QColor(0xFD, 0xE8, 0xE6);
// For bars, whose pieces lie side by side: from dark to light by severity.
inline constexpr QColor kBarCritical = QColor(0x6E, 0x0F, 0x08);
inline constexpr QColor kBarMedium = QColor(0xDB, 0x92, 0x2B);
inline constexpr QColor kBarLow = QColor(0xF3, 0xD9, 0xA6);
inline constexpr QColor kIdle = QColor(0x6B, 0x75, 0x83);
inline constexpr QColor kIdleSoft = QColor(0xEE, 0xF0, 0xF3);

} // namespace cockpit::print
