#include "ui/widgets/codebox.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {
constexpr int kNoticeMs = 1600;
} // namespace

CodeBox::CodeBox(QWidget *parent)
    : QFrame(parent), m_text(new PlainLabel(this)), m_copy(makeSecondaryButton({}, u"copyCode"_s, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::kMedium, space::kMedium, space::kMedium, space::kMedium);
    column->setSpacing(space::kSmall);
    m_text->setObjectName(u"code"_s);
    m_text->setFont(codeFont());
    m_text->setSelectable();
    m_text->setLayoutDirection(Qt::LeftToRight); // records and commands are never mirrored
    column->addWidget(m_text);
    column->addWidget(m_copy, 0, Qt::AlignLeading);
    m_copy->hide();
    connect(m_copy, &QPushButton::clicked, this, [this] { copyWithNotice(m_copy, m_code); });
}

void CodeBox::setCode(const QString &code, const QString &copyText)
{
    m_code = code;
    // Long records have no blanks: a zero-width space after each separator lets them wrap. The copy has none of them.
    QString shown = code;
    for (const auto mark : {u';', u'/', u'&', u',', u'-', u'.', u'='})
        shown.replace(mark, QString(QChar(mark)) + QChar(0x200B));
    m_text->setText(shown);
    m_text->setAccessibleName(code);
    m_copy->setText(copyText);
    m_copy->setVisible(!copyText.isEmpty());
}

void CodeBox::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.line);
    painter.setBrush(tokens.window);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kControlRadius, kControlRadius);
}

void copyWithNotice(QPushButton *button, const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    if (button->property("noticed").toBool())
        return;
    const QString before = button->text();
    button->setProperty("noticed", true);
    button->setMinimumWidth(button->width()); // the shorter word must not make its neighbours jump
    button->setText(CodeBox::tr("Copied"));
    QTimer::singleShot(kNoticeMs, button, [button, before] {
        button->setText(before);
        button->setMinimumWidth(0);
        button->setProperty("noticed", false);
    });
}

} // namespace cockpit
