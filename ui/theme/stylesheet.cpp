#include "ui/theme/stylesheet.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

// @names are token names. A focus ring replaces the border and takes its width from the padding, so nothing moves.
constexpr auto kButtons = R"(
QPushButton, QToolButton {
    background: @surface; color: @text; border: 1px solid @line; border-radius: 8px; padding: 8px 14px; }
QPushButton:hover, QToolButton:hover { border-color: @faint; }
QPushButton:pressed, QToolButton:pressed { background: @idleSoft; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; padding: 7px 13px; }
QPushButton:disabled, QToolButton:disabled { color: @muted; background: @idleSoft; }
QPushButton::menu-indicator { width: 0px; }
QPushButton[kind="primary"] { background: @accent; color: @onAccent; border-color: @accent; }
QPushButton[kind="primary"]:hover { border-color: @text; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; }
QPushButton[kind="primary"]:disabled { background: @idleSoft; color: @muted; border-color: @line; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: @muted; padding: 8px 6px; }
QPushButton[kind="tab"] { background: transparent; border: 1px solid transparent; color: @muted; padding: 6px 12px; }
QPushButton[kind="tab"]:hover { color: @text; }
QPushButton[kind="tab"]:checked { background: @surface; border-color: @line; color: @text; font-weight: 600; }
QPushButton[kind="tab"]:focus { border: 2px solid @accent; padding: 5px 11px; }
QPushButton[large="true"] { padding: 13px 24px; }
QPushButton[large="true"]:focus { padding: 12px 23px; }
QPushButton[strong="true"] { color: @text; font-weight: bold; }
QPushButton[kind="link"]:hover { color: @text; }
QPushButton[kind="link"]:focus { border: 2px solid @accent; padding: 7px 5px; }
)";

constexpr auto kFields = R"(
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit {
    background: @surface; color: @text; border: 1px solid @line; border-radius: 8px; padding: 7px 10px;
    selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QDateEdit:focus {
    border: 2px solid @accent; padding: 6px 9px; }
QLineEdit[large="true"] { padding: 12px 16px; }
QLineEdit[large="true"]:focus { padding: 11px 15px; }
QLineEdit[invalid="true"] { border-color: @fail; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 28px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url(:/icons/arrow-down.png); width: 12px; height: 12px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
    subcontrol-origin: border; border: none; background: transparent; width: 26px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-position: top right; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-position: bottom right; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(:/icons/arrow-up.png); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(:/icons/arrow-down.png); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: @surface; color: @text; border: 1px solid @line;
    selection-background-color: @accentSoft; selection-color: @text; }
QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border-color: @accent; }
QCheckBox::indicator, QTableView::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid @faint; border-radius: 4px; background: @surface; }
QCheckBox::indicator:checked, QTableView::indicator:checked {
    background: @accent; border-color: @accent; image: url(:/icons/tick-@tick.png); }
QRadioButton::indicator { border-radius: 8px; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @accent; background: @onAccent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: @idleSoft; }
)";

// A table's items need a border rule for their padding to count, and a background that is a colour: the style paints
// the boxes of checkable cells with it.
constexpr auto kSurfaces = R"(
QMainWindow, QDialog, QStackedWidget { background: @window; }
QScrollArea, QScrollArea > QWidget > QWidget[plain="true"] { background: transparent; border: none; }
QAbstractItemView { background: @surface; border: 1px solid @line; border-radius: 8px; outline: none; }
QAbstractItemView[frame="none"] { border: none; background: transparent; }
QTableView { gridline-color: @line; selection-background-color: @accentSoft; selection-color: @text; color: @text; }
QTableView[frame="none"] { background: @surface; }
QTableView::item { border: none; padding-left: 12px; padding-right: 12px; }
QTableView::item:selected { background: @accentSoft; color: @text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid @line;
    padding: 8px 15px; }
QMenu { background: @surface; color: @text; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 7px 18px; border-radius: 6px; }
QMenu::item:selected { background: @accentSoft; color: @text; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QToolTip { background: @surface; color: @text; border: 1px solid @line; padding: 6px; }
QProgressBar { background: @idleSoft; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QFrame[pane="top"] { background: @surface; border: none; border-bottom: 1px solid @line; }
QFrame[pane="bottom"] { background: @surface; border: none; border-top: 1px solid @line; }
QFrame[pane="side"] { background: @surface; border: none; border-right: 1px solid @line; }
QFrame[rule="true"] { background: @line; border: none; }
QSplitter::handle { background: transparent; }
)";

constexpr auto kScrollBars = R"(
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: @line; border-radius: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
)";

constexpr auto kText = R"(
QLabel { background: transparent; }
QLabel[tone="fail"] { color: @fail; }
QLabel[tone="warn"] { color: @warn; }
QLabel[tone="pass"] { color: @pass; }
)";

} // namespace

QString styleSheetFor(const Tokens &t)
{
    QString sheet = QString::fromLatin1(kButtons) + QLatin1StringView(kFields) + QLatin1StringView(kSurfaces) +
                    QLatin1StringView(kScrollBars) + QLatin1StringView(kText);
    sheet.replace("@tick"_L1, t.onAccent.lightness() > 127 ? "light"_L1 : "dark"_L1);
    // Longer names first: "@accent" is the start of "@accentSoft".
    const std::pair<QLatin1StringView, QColor> names[] = {
        {"@accentSoft"_L1, t.accentSoft},
        {"@onAccent"_L1, t.onAccent},
        {"@idleSoft"_L1, t.idleSoft},
        {"@surface"_L1, t.surface},
        {"@window"_L1, t.window},
        {"@accent"_L1, t.accent},
        {"@muted"_L1, t.muted},
        {"@faint"_L1, t.faint},
        {"@line"_L1, t.line},
        {"@text"_L1, t.text},
        {"@fail"_L1, t.fail},
        {"@warn"_L1, t.warn},
        {"@pass"_L1, t.pass},
    };
    for (const auto &[name, color] : names)
        sheet.replace(name, color.name());
    return sheet;
}

} // namespace cockpit
