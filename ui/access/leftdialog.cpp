#include "ui/access/leftdialog.h"

#include "models/access/journalcut.h"
#include "ui/access/tonedtext.h"
#include "ui/leftwork.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kLinesShown = 12;

// Each run with its records; what stood in the way of one below it.
QString listOf(const std::vector<JournalEntry> &left, const std::vector<LeftOutcome> &outcomes)
{
    QStringList lines;
    for (const auto &run : byRun(left)) {
        lines.append(headlineOf(run));
        for (const JournalEntry &entry : run) {
            lines.append(u"•  "_s + describe(entry));
            const auto outcome = std::ranges::find(outcomes, entry.id, &LeftOutcome::entryId);
            if (outcome != outcomes.end() && !outcome->isGone)
                lines.append(u"    "_s + outcome->why);
        }
        lines.append(QString());
    }
    lines.append(whatIsNotRead(left));
    return lines.join(u'\n').trimmed();
}

} // namespace

void tellLeft(Banner &banner, const std::vector<JournalEntry> &left)
{
    if (left.empty()) {
        banner.hide();
        return;
    }
    const auto runs = byRun(left);
    const auto count = static_cast<int>(left.size());
    const bool isOne = runs.size() == 1;
    banner.showMessage(
        Tone::Warn,
        isOne ? headlineOf(runs.front())
              : LeftDialog::tr("%n thing(s) that earlier runs made may still be in your product.", nullptr, count),
        isOne && count == 1 ? describe(left.front()) : QString());
    banner.setAction(LeftDialog::tr("Look at them…"));
}

LeftDialog::LeftDialog(Session &session, QWidget *parent)
    : QDialog(parent),
      m_session(session),
      m_list(new PlainLabel),
      m_why(new PlainLabel),
      m_answer(new PlainLabel),
      m_remove(makePrimaryButton(tr("Remove them"), u"removeLeft"_s)),
      m_stop(makeSecondaryButton(tr("Stop"), u"stopLeft"_s)),
      m_forget(makeSecondaryButton(tr("I removed them by hand…"), u"forgetLeft"_s))
{
    setObjectName(u"leftDialog"_s);
    setWindowTitle(tr("Left in your product"));
    build();
    for (const auto changed : {&Session::leftRecordsChanged, &Session::permissionChanged, &Session::actorsChanged,
                               &Session::runStarted, &Session::runFinished})
        connect(&session, changed, this, &LeftDialog::refresh);
    for (const auto left : {&Session::projectOpened, &Session::projectClosed})
        connect(&session, left, this, &QDialog::reject);
    refresh();
}

void LeftDialog::build()
{
    QVBoxLayout *column = makeDialogColumn(
        this, windowTitle(),
        tr("Tests make records of their own and take them away again. These were not seen to be gone. Each is removed "
           "by the account that made it, and then looked for: only what bears our mark is touched."));
    setMinimumWidth(fontMetrics().averageCharWidth() * 90);
    m_list->setObjectName(u"leftList"_s);
    m_list->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("What earlier runs left in your product"));
    scroll->setMinimumHeight(fontMetrics().lineSpacing() * kLinesShown);
    scroll->setWidget(&m_list->setSelectable());
    column->addWidget(scroll, 1);
    m_why->setObjectName(u"whyLeftStays"_s);
    column->addWidget(&m_why->setMuted());
    m_answer->setObjectName(u"leftAnswer"_s);
    m_answer->hide();
    column->addWidget(m_answer);
    auto *row = new QHBoxLayout;
    auto *close = makeSecondaryButton(tr("Close"), u"closeLeft"_s);
    row->addWidget(m_forget);
    row->addStretch(1);
    row->addWidget(close);
    row->addWidget(m_stop);
    row->addWidget(m_remove);
    column->addLayout(row);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_remove, &QPushButton::clicked, this, &LeftDialog::remove);
    connect(m_stop, &QPushButton::clicked, this, &LeftDialog::stop);
    connect(m_forget, &QPushButton::clicked, this, &LeftDialog::askToForget);
}

void LeftDialog::refresh()
{
    const std::vector<JournalEntry> &left = m_session.leftRecords();
    m_list->setText(left.empty() ? tr("Nothing is left.") : listOf(left, m_outcomes));
    const QString why = left.empty() ? QString() : m_session.whyLeftStays();
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
    m_remove->setVisible(!left.empty() && why.isEmpty());
    m_stop->setVisible(LeftWork::of(m_session));
    m_forget->setVisible(!left.empty() && !m_session.isReadOnly());
}

// Also of a removal that was begun before this dialog was opened, whose report nobody hears.
void LeftDialog::stop()
{
    LeftWork *work = LeftWork::of(m_session);
    if (!work)
        return;
    m_isStopping = true;
    say(m_answer, {}, tr("Stopping…"));
    connect(work, &QObject::destroyed, this, [this] {
        if (std::exchange(m_isStopping, false))
            say(m_answer, {}, tr("Stopped."));
    });
    work->stop();
    refresh();
}

void LeftDialog::remove()
{
    say(m_answer, {}, tr("Removing what can be removed…"));
    m_session.removeLeftRecords(this, [this](const Result<LeftReport> &report) { take(report); });
}

QString LeftDialog::sentenceOf(int stay, bool wasStopped)
{
    if (stay == 0)
        return tr("All are gone.");
    return wasStopped ? tr("Stopped. %n record(s) were not removed; the reason stands below each.", nullptr, stay)
                      : tr("%n record(s) could not be removed; the reason stands below each.", nullptr, stay);
}

void LeftDialog::take(const Result<LeftReport> &report)
{
    const bool wasStopped = std::exchange(m_isStopping, false);
    if (!report) {
        say(m_answer, report.error().kind == ErrorKind::Cancelled ? QString() : u"fail"_s, report.error().message);
        refresh();
        return;
    }
    m_outcomes = report->each;
    const auto stay = static_cast<int>(m_outcomes.size()) - static_cast<int>(report->gone().size());
    say(m_answer, stay == 0 ? u"pass"_s : u"warn"_s, sentenceOf(stay, wasStopped));
    refresh();
}

void LeftDialog::askToForget()
{
    auto *box = new QMessageBox(QMessageBox::Question, tr("Removed by hand"),
                                tr("Have you looked in your product, and none of these is there any more? They are "
                                   "taken off this list then, and nobody looks for them again."),
                                QMessageBox::Cancel, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Cancel);
    QPushButton *yes = box->addButton(tr("They are gone"), QMessageBox::DestructiveRole);
    yes->setObjectName(u"confirmForgetLeft"_s);
    connect(yes, &QPushButton::clicked, this, [this] {
        QStringList ids;
        for (const JournalEntry &entry : m_session.leftRecords())
            ids.append(entry.id);
        m_session.forgetLeftRecords(ids);
    });
    box->open();
}

} // namespace cockpit
