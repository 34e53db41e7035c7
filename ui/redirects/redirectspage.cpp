#include "ui/redirects/redirectspage.h"

#include "models/redirectrows.h"
#include "ui/redirects/redirectscard.h"
#include "ui/session.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QDir>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr size_t kMostBadLinesShown = 10;
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

} // namespace

RedirectsPage::RedirectsPage(Session &session, QWidget *parent)
    : Page(pages::kRedirects, session, parent),
      m_banner(new Banner),
      m_card(new RedirectsCard),
      m_standing(new PlainLabel),
      m_look(makeSecondaryButton(tr("Check these addresses"), u"checkRedirects"_s))
{
    setTitle(tr("Old addresses"));
    setSubtitle(tr("Links that people still have, and where each should lead. The next run opens every one of them."));
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
    session().setRedirects(merged);
    bringUpToDate();
    const QString what = tr("%n old address(es) added. The next run opens each of them.", nullptr, added);
    m_banner->showMessage(list.badLines.empty() ? Tone::Pass : Tone::Warn, what, textOf(list.badLines));
}

} // namespace cockpit
