#include "ui/redirects/redirectspage.h"

#include "models/redirectrows.h"
#include "ui/redirects/redirectscard.h"
#include "ui/session.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QDir>
#include <QSet>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr size_t kMostBadLinesShown = 10;
constexpr qsizetype kMostLeftOutShown = 10;
const auto kCheck = u"http.redirect-map"_s;

QString textOf(const std::vector<BadLine> &badLines)
{
    QStringList lines;
    for (const BadLine &bad : badLines) {
        if (lines.size() < static_cast<qsizetype>(kMostBadLinesShown))
            lines << RedirectsPage::tr("Line %1, “%2”: %3").arg(QString::number(bad.number), bad.text, bad.why);
    }
    if (badLines.size() > kMostBadLinesShown)
        lines << RedirectsPage::tr("… and %n more line(s).", nullptr,
                                   static_cast<int>(badLines.size() - kMostBadLinesShown));
    return lines.join(u'\n');
}

// What a full list had no room for.
QStringList leftOut(const std::vector<RedirectEntry> &read, const std::vector<RedirectEntry> &merged)
{
    QSet<QString> taken;
    for (const RedirectEntry &entry : merged)
        taken.insert(entry.from);
    QStringList left;
    for (const RedirectEntry &entry : read) {
        if (!taken.contains(entry.from))
            left << entry.from;
    }
    return left;
}

QString named(const QStringList &addresses)
{
    const QString shown = addresses.mid(0, kMostLeftOutShown).join(u", "_s);
    const auto more = static_cast<int>(addresses.size() - kMostLeftOutShown);
    return more > 0 ? RedirectsPage::tr("%1 and %n more.", nullptr, more).arg(shown) : shown;
}

} // namespace

RedirectsPage::RedirectsPage(Session &session, QWidget *parent)
    : Page(pages::kRedirects, session, parent),
      m_banner(new Banner),
      m_card(new RedirectsCard),
      m_standing(new PlainLabel),
      m_look(makeSecondaryButton(tr("Check these addresses"), u"checkRedirects"_s))
{
    setTitle(tr("Old addresses"));
    setSubtitle(
        tr("Links that people still have, and where each should lead. Of a long list each run opens a part: what "
           "was not looked at for longest comes first."));
    addHeaderWidget(m_look);
    content()->addWidget(m_banner);
    m_standing->setObjectName(u"redirectsStanding"_s);
    content()->addWidget(&m_standing->setMuted());
    content()->addWidget(m_card, 1);
    bindCard();
    bindSession();
}

void RedirectsPage::bindCard()
{
    connect(m_card, &RedirectsCard::edited, this, [this](const std::vector<RedirectEntry> &redirects) {
        m_banner->dismiss();
        session().setRedirects(redirects);
        bringUpToDate();
    });
    connect(m_card, &RedirectsCard::listRead, this, &RedirectsPage::addList);
    connect(m_card, &RedirectsCard::refused, this,
            [this](const QString &why) { m_banner->showMessage(Tone::Fail, why); });
    connect(m_card, &RedirectsCard::exported, this, [this](const QString &path) {
        m_banner->showMessage(Tone::Pass, tr("The table was written to %1.").arg(QDir::toNativeSeparators(path)));
    });
}

void RedirectsPage::bindSession()
{
    connect(m_look, &QPushButton::clicked, this, [this] {
        m_banner->dismiss();
        session().checkAgain(kCheck, {});
    });
    for (const auto left : {&Session::projectOpened, &Session::projectClosed})
        connect(&session(), left, m_card, &RedirectsCard::leaveProject);
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::redirectsChanged,
           &Session::resultsChanged, &Session::runStarted, &Session::runFinished);
}

void RedirectsPage::aboutToShow()
{
    m_banner->dismiss();
}

void RedirectsPage::importRedirects(const QString &path)
{
    m_card->importFrom(path);
}

void RedirectsPage::exportRedirects(const QString &path)
{
    m_card->exportTo(path);
}

QString RedirectsPage::standing() const
{
    const std::vector<RedirectRow> rows = redirectRows(session().project());
    const auto looked =
        static_cast<int>(std::ranges::count_if(rows, [](const auto &row) { return row.state.has_value(); }));
    const auto right = static_cast<int>(std::ranges::count(rows, RedirectState::Right, &RedirectRow::state));
    if (session().isRunning() && !rows.empty())
        return tr("The checks are running.");
    if (rows.empty())
        return {};
    if (looked == 0)
        return tr("%n address(es), not looked at yet.", nullptr, static_cast<int>(rows.size()));
    return tr("%1 of %n address(es) lead where they should.", nullptr, static_cast<int>(rows.size())).arg(right);
}

void RedirectsPage::refresh()
{
    const bool writable = session().isOpen() && !session().isReadOnly();
    m_card->setReadOnly(!writable);
    m_card->setRows(redirectRows(session().project()));
    m_standing->setText(standing());
    m_standing->setVisible(!m_standing->text().isEmpty());
    m_look->setEnabled(writable && !session().isRunning() && !session().project().redirects.empty());
}

// Good lines are taken, and each that is not is named, so that nothing is lost unseen.
void RedirectsPage::addList(const RedirectList &list)
{
    const std::vector<RedirectEntry> &known = session().project().redirects;
    const std::vector<RedirectEntry> merged = mergedRedirects(known, list.entries);
    const int added = static_cast<int>(merged.size() - known.size());
    const QStringList left = leftOut(list.entries, merged);
    session().setRedirects(merged);
    bringUpToDate();
    QStringList details;
    if (!left.isEmpty())
        details << tr("The list is full: it holds %1 addresses. Not added: %2")
                       .arg(QString::number(kMostRedirects), named(left));
    if (!list.badLines.empty())
        details << textOf(list.badLines);
    const QString what = tr("%n old address(es) added. The next runs open them.", nullptr, added);
    m_banner->showMessage(details.isEmpty() ? Tone::Pass : Tone::Warn, what, details.join(u'\n'));
}

} // namespace cockpit
