#include "ui/records/draftcard.h"

#include "models/dnspanel.h"
#include "ui/records/differencelabel.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/codebox.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/stateicon.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr size_t kMostLinesNamed = 4;

PlainLabel *heading(const QString &text)
{
    auto *label = new PlainLabel(text);
    label->setScale(TextSize::Body, QFont::DemiBold);
    return label;
}

StateShape shapeOf(NoteWeight weight)
{
    switch (weight) {
    case NoteWeight::Change:
        return StateShape::Pass;
    case NoteWeight::Advice:
        return StateShape::Answered;
    case NoteWeight::Warning:
        return StateShape::Warn;
    case NoteWeight::Problem:
        return StateShape::Fail;
    }
    Q_UNREACHABLE();
}

QString wordOf(NoteWeight weight)
{
    switch (weight) {
    case NoteWeight::Change:
        return DraftCard::tr("Change");
    case NoteWeight::Advice:
        return DraftCard::tr("Advice");
    case NoteWeight::Warning:
        return DraftCard::tr("Warning");
    case NoteWeight::Problem:
        return DraftCard::tr("Problem");
    }
    Q_UNREACHABLE();
}

} // namespace

DraftCard::DraftCard(QWidget *parent)
    : Card(parent), m_budget(new PlainLabel), m_wait(makePrimaryButton(tr("Wait for my change"), u"waitForChange"_s))
{
    column()->setSpacing(space::kMedium);
    column()->addWidget(&(new PlainLabel(tr("The record")))->setScale(TextSize::Section, QFont::DemiBold));
    m_budget->setObjectName(u"spfBudget"_s);
    m_budget->hide();
    column()->addWidget(m_budget);
    column()->addWidget(m_wait, 0, Qt::AlignLeading);
    connect(m_wait, &QPushButton::clicked, this, &DraftCard::waitRequested);
}

void DraftCard::show(const RecordDraft &draft, const QString &dnsHost, const QString &whyUnknown)
{
    if (m_hasShown && draft == m_draft && dnsHost == m_dnsHost && whyUnknown == m_whyUnknown)
        return;
    m_hasShown = true;
    m_draft = draft;
    m_dnsHost = dnsHost;
    m_whyUnknown = whyUnknown;
    if (m_body) {
        m_body->hide(); // at once, or it would be seen beside the new one until it is gone
        m_body->deleteLater();
    }
    m_body = makeBody(dnsHost);
    column()->insertWidget(1, m_body);
    showButton();
}

QWidget *DraftCard::makeBody(const QString &dnsHost)
{
    auto *body = new QWidget;
    body->setProperty("plain", true);
    auto *lines = new QVBoxLayout(body);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(space::kSmall);
    lines->addWidget(heading(tr("Today")));
    if (m_draft.today.isEmpty()) {
        auto *none = new PlainLabel(m_whyUnknown.isEmpty() ? tr("There is none.") : m_whyUnknown);
        none->setObjectName(u"noneToday"_s);
        lines->addWidget(&none->setMuted());
    }
    for (const QString &text : m_draft.today) {
        auto *box = new CodeBox;
        box->setCode(text);
        lines->addWidget(box);
    }
    if (m_draft.isInPlace()) {
        lines->addWidget(new PlainLabel(tr("The way it is written needs no change.")));
    } else if (!m_draft.corrected.isEmpty()) {
        if (!m_draft.today.isEmpty()) {
            lines->addWidget(heading(tr("What changes")));
            auto *difference = new DifferenceLabel;
            difference->setDifference(differenceOf(m_draft.today.front(), m_draft.corrected));
            lines->addWidget(difference);
        }
        addFields(lines, dnsHost);
    }
    addNotes(lines);
    return body;
}

void DraftCard::addFields(QVBoxLayout *lines, const QString &dnsHost)
{
    const DnsPanel &panel = dnsPanelOf(dnsHost);
    lines->addWidget(
        heading(panel.provider.isEmpty() ? tr("Type this at your DNS host") : tr("Type this at %1").arg(panel.name)));
    std::vector<PanelField> fields = panelFields(panel, m_draft.domain, m_draft.name, m_draft.type, m_draft.corrected);
    lines->addWidget(new PlainLabel(tr("%1: %2").arg(fields.front().label, fields.front().value))); // chosen, not typed
    fields.erase(fields.begin());
    for (const PanelField &field : fields) {
        lines->addWidget(&(new PlainLabel(field.label))->setMuted());
        if (!field.note.isEmpty())
            lines->addWidget(new PlainLabel(field.note));
        if (field.value.isEmpty())
            continue;
        auto *box = new CodeBox;
        box->setObjectName(u"field-"_s + field.label);
        box->setCode(field.value, tr("Copy what goes into \"%1\"").arg(field.label)); // the page's own word
        lines->addWidget(box);
    }
    if (m_draft.today.size() > 1)
        lines->addWidget(new PlainLabel(tr("Then delete the other records that are shown above.")));
}

void DraftCard::addNotes(QVBoxLayout *lines)
{
    for (const DraftNote &note : m_draft.notes) {
        auto *row = new QHBoxLayout;
        row->setSpacing(space::kSmall);
        auto *icon = new StateIcon(shapeOf(note.weight));
        icon->setAccessibleName(wordOf(note.weight));
        row->addWidget(icon, 0, Qt::AlignTop);
        row->addWidget(new PlainLabel(note.text), 1);
        lines->addLayout(row);
    }
}

void DraftCard::setBudget(const SpfBudget &budget)
{
    m_budget->setText(budgetSentence(budget));
    m_budget->show();
}

void DraftCard::clearBudget()
{
    m_budget->hide();
}

void DraftCard::setWaiting(bool isWaiting)
{
    m_isWaiting = isWaiting;
    showButton();
}

void DraftCard::showButton()
{
    m_wait->setEnabled(!m_draft.corrected.isEmpty() && !m_isWaiting);
}

QString budgetSentence(const SpfBudget &budget)
{
    QString sentence = DraftCard::tr("It costs receivers %1 of %2 look-ups.")
                           .arg(QString::number(budget.lookups), QString::number(budget.limit));
    if (budget.isOver())
        sentence += u' ' + DraftCard::tr("That is too many: they will treat the record as broken. Take a service out.");
    else if (budget.isNearLimit())
        sentence += u' ' + DraftCard::tr("The next service may break it.");
    std::vector<SpfBudget::Line> costly(budget.lines.begin() + (budget.lines.empty() ? 0 : 1), budget.lines.end());
    std::ranges::stable_sort(costly, std::ranges::greater(), &SpfBudget::Line::lookups);
    QStringList named;
    for (size_t i = 0; i < std::min(costly.size(), kMostLinesNamed); ++i) {
        if (costly[i].lookups > 0)
            named << DraftCard::tr("%1: %2").arg(costly[i].domain, QString::number(costly[i].lookups));
    }
    if (!named.isEmpty())
        sentence += u' ' + DraftCard::tr("The costliest inside: %1.").arg(named.join(u", "_s));
    if (budget.hasTooManyVoids())
        sentence += u' ' + DraftCard::tr("%n part(s) lead nowhere; large receivers give up after %1.", nullptr,
                                         budget.voidLookups)
                               .arg(SpfBudget::kVoidLimit);
    return sentence;
}

} // namespace cockpit
