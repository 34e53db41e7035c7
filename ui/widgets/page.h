// A page of the window: a title, a sentence that says what it is for, and its content below. The window's rail, Back
// and Next find pages by their id; a page never knows its neighbours.
#pragma once

#include "ui/widgets/refresher.h"

#include <QString>
#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace cockpit {

class PlainLabel;
class Session;

class Page : public QWidget
{
    Q_OBJECT

public:
    // id: stable word ("risks", "stage-1"); also the objectName prefix for tests.
    Page(const QString &id, Session &session, QWidget *parent = nullptr);
    // Its models and views go one after the other, and each tells what it loses: the page listens no more.
    ~Page() override;

    QString pageId() const { return m_id; }
    Session &session() const { return m_session; }
    QString title() const;

    // Called each time the page is opened: what was said last time is over, slow things are read anew.
    virtual void aboutToShow() {}
    // Shows what the session knows by now. A page that is seen does so by itself; this is for who cannot wait.
    void bringUpToDate() { m_refresher->bringUpToDate(); }
    // Chooses a finding where the page lists findings; false when it does not show this one.
    bool select(const QString &findingId);

signals:
    // Asks the window to go to another page.
    void navigate(const QString &pageId);
    // A subject that the other page should select (a finding id), beside navigate().
    void showFinding(const QString &findingId);

protected:
    // Makes what is shown agree with the session. It is called when the page is seen, and while it is, soon after one
    // of the signals that it follows; never while it is hidden, and at most ten times a second.
    virtual void refresh() = 0;
    template<typename... Signals>
    void follow(Signals... changes)
    {
        m_refresher->follow(session(), changes...);
    }
    // Something else that the page shows has changed.
    void changed() { m_refresher->changed(); }
    // select(), once the page is up to date.
    virtual bool selectFinding(const QString &findingId);

    void setTitle(const QString &title);
    void setSubtitle(const QString &subtitle);
    // At the end of the title's row: the page's own actions.
    void addHeaderWidget(QWidget *widget);
    // The column below the header.
    QVBoxLayout *content() const { return m_content; }

private:
    QString m_id;
    Session &m_session;
    Refresher *m_refresher;
    PlainLabel *m_title;
    PlainLabel *m_subtitle;
    QHBoxLayout *m_header;
    QVBoxLayout *m_content;
};

// Ids that the window itself leads to. A stage's page is "stage-<n>".
namespace pages {
constexpr QLatin1StringView kStart("start");
constexpr QLatin1StringView kGate("gate");
constexpr QLatin1StringView kRisks("risks");
constexpr QLatin1StringView kPlan48("plan48");
constexpr QLatin1StringView kLater("later");
constexpr QLatin1StringView kMonitoring("monitoring");
constexpr QLatin1StringView kMessage("message");
constexpr QLatin1StringView kHandover("handover");
constexpr QLatin1StringView kCredentials("credentials");
constexpr QLatin1StringView kAddresses("addresses");
constexpr QLatin1StringView kRecords("records");
constexpr QLatin1StringView kRedirects("redirects");
constexpr QLatin1StringView kSources("sources");
constexpr QLatin1StringView kSecrets("secrets");
constexpr QLatin1StringView kEnvironments("environments");
constexpr QLatin1StringView kSurface("surface");
constexpr QLatin1StringView kAccess("access");
QString stage(int number);
} // namespace pages

} // namespace cockpit
