#include "ui/records/waitingcard.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/statusrow.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QTime>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

QString checkOf(RecordKind kind)
{
    return u"mail."_s + toWord(kind);
}

std::pair<StateShape, QString> lookOf(OwnerState state)
{
    switch (state) {
    case OwnerState::HasIt:
        return {StateShape::Pass, WaitingCard::tr("Has it")};
    case OwnerState::HasOther:
        return {StateShape::Warn, WaitingCard::tr("Has something else")};
    case OwnerState::HasNothing:
        return {StateShape::NotRun, WaitingCard::tr("Does not have it yet")};
    case OwnerState::Failed:
        return {StateShape::Fail, WaitingCard::tr("Does not answer")};
    }
    Q_UNREACHABLE();
}

void clearRows(QVBoxLayout *rows)
{
    while (QLayoutItem *item = rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

} // namespace

WaitingCard::WaitingCard(RecordWaiter::Ask ask, RecordWaiter::Patience patience, QWidget *parent)
    : Card(parent),
      m_waiter(std::move(ask), patience),
      m_what(new PlainLabel),
      m_standing(new PlainLabel),
      m_rows(new QVBoxLayout),
      m_stop(makeSecondaryButton(tr("Stop waiting"), u"stopWaiting"_s)),
      m_again(makePrimaryButton(tr("Check again"), u"checkAgainAfterChange"_s))
{
    column()->setSpacing(space::kSmall);
    column()->addWidget(&(new PlainLabel(tr("Waiting for your change")))->setScale(TextSize::Section, QFont::DemiBold));
    column()->addWidget(&m_what->setMuted());
    m_what->setObjectName(u"waitingFor"_s);
    m_standing->setObjectName(u"waitingStanding"_s);
    column()->addWidget(m_standing);
    m_rows->setSpacing(0);
    column()->addLayout(m_rows);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kSmall);
    buttons->addWidget(m_stop);
    buttons->addWidget(m_again);
    buttons->addStretch();
    column()->addLayout(buttons);
    hide();
    connect(m_stop, &QPushButton::clicked, this, &WaitingCard::stop);
    connect(m_again, &QPushButton::clicked, this, [this] { emit checkAgain(checkOf(m_kind)); });
    connect(&m_waiter, &RecordWaiter::looked, this, &WaitingCard::showAnswers);
    connect(&m_waiter, &RecordWaiter::lookFailed, this, [this](const Error &error) { say(error.message); });
    connect(&m_waiter, &RecordWaiter::ended, this, &WaitingCard::showEnd);
}

void WaitingCard::wait(const RecordDraft &draft, const NetOptions &net)
{
    m_kind = draft.kind;
    clearRows(m_rows);
    m_what->setText(tr("This is about the %1 record of %2. Every name server of %3 is asked itself, every half minute "
                       "and for an hour at most.")
                        .arg(draft.type, draft.name, draft.domain));
    m_stop->show();
    m_again->hide();
    show();
    say(tr("Looking…"));
    m_waiter.start({draft.domain, draft.name, draft.type, draft.corrected}, net);
    emit waitingChanged();
}

void WaitingCard::stop()
{
    m_waiter.stop();
}

void WaitingCard::showAnswers(const std::vector<OwnerAnswer> &answers)
{
    clearRows(m_rows);
    for (const OwnerAnswer &answer : answers) {
        auto *row = new StatusRow(answer.server, answer.seen.isEmpty() ? answer.address : answer.seen, this);
        const auto [shape, word] = lookOf(answer.state);
        row->setState(shape, word);
        row->setObjectName(u"owner-"_s + answer.server);
        row->setRule(&answer != &answers.back());
        m_rows->addWidget(row);
    }
    const auto have = std::ranges::count(answers, OwnerState::HasIt, &OwnerAnswer::state);
    say(tr("%1 of %2 have it, at %3.")
            .arg(QString::number(have), QString::number(answers.size()),
                 QLocale().toString(QTime::currentTime(), QLocale::ShortFormat)));
}

void WaitingCard::showEnd(WaitEnd end)
{
    m_again->setVisible(end == WaitEnd::Everywhere);
    m_stop->hide(); // the focus goes on to its neighbour if it was here, and stays with whoever works elsewhere
    switch (end) {
    case WaitEnd::Everywhere:
        say(tr("All name servers have it. Resolvers elsewhere may remember the old one for a while."));
        emit arrived(m_kind);
        break;
    case WaitEnd::TooLong:
        say(tr("Not all have it after an hour. See whether it was saved, and under which name, then wait again."));
        break;
    case WaitEnd::Stopped:
        say(tr("Stopped."));
        break;
    }
    emit waitingChanged();
}

// Screen readers hear it without going there.
void WaitingCard::say(const QString &text)
{
    m_standing->setText(text);
    m_standing->setAccessibleName(text);
    QAccessibleEvent changed(m_standing, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&changed);
}

} // namespace cockpit
