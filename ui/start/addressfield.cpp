#include "ui/start/addressfield.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QLineEdit>
#include <QLocale>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

// Nobody wants to be corrected in the middle of a word.
constexpr int kPauseMs = 700;

void restyle(QWidget *widget)
{
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace

AddressField::AddressField(QWidget *parent)
    : QWidget(parent), m_edit(new QLineEdit(this)), m_message(new PlainLabel(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kTiny);
    m_edit->setObjectName(u"address"_s);
    m_edit->setProperty("large", true);
    m_edit->setAccessibleName(tr("Address of your product"));
    m_edit->setPlaceholderText(tr("yourproduct.com"));
    m_edit->setFont(textFont(TextSize::Section));
    m_edit->setClearButtonEnabled(false);
    m_message->setObjectName(u"addressMessage"_s);
    m_message->setMuted();
    m_message->setText(tr("Only what any visitor could see is read. Nothing is changed."));
    column->addWidget(m_edit);
    column->addWidget(m_message);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &AddressField::target);
    connect(m_edit, &QLineEdit::textEdited, this, &AddressField::read);
    connect(m_edit, &QLineEdit::returnPressed, this, &AddressField::submitted);
}

QString AddressField::message() const
{
    return m_message->text();
}

std::optional<Target> AddressField::target()
{
    m_pause.stop();
    if (m_edit->text().trimmed().isEmpty()) {
        showProblem(tr("Type the address of your product first, for example yourproduct.com."));
        return std::nullopt;
    }
    auto parsed = parseAddress(m_edit->text());
    if (!parsed) {
        showProblem(parsed.error().message);
        return std::nullopt;
    }
    showUnderstood(*parsed);
    return *parsed;
}

void AddressField::read()
{
    m_pause.start();
    if (const auto parsed = parseAddress(m_edit->text()))
        showUnderstood(*parsed);
}

void AddressField::showUnderstood(const Target &target)
{
    QStringList names;
    for (const Host &host : target.hosts)
        names.push_back(displayName(host.name));
    m_message->setText(tr("We will look at %1, and at mail for %2.")
                           .arg(QLocale().createSeparatedList(names), displayName(target.domain)));
    m_message->setProperty("tone", {});
    m_edit->setProperty("invalid", false);
    restyle(m_message);
    restyle(m_edit);
}

void AddressField::showProblem(const QString &problem)
{
    m_message->setText(problem);
    m_message->setProperty("tone", u"fail"_s);
    m_edit->setProperty("invalid", true);
    m_edit->setAccessibleDescription(problem);
    restyle(m_message);
    restyle(m_edit);
}

} // namespace cockpit
