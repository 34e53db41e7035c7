// Waits until every authoritative server has a change, asking them politely and showing who has it.
#pragma once

#include "checks/engine/recordservices.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

namespace cockpit {

enum class WaitEnd { Everywhere, TooLong, Stopped };

class RecordWaiter : public QObject
{
    Q_OBJECT

public:
    using Ask = decltype(RecordServices::askOwners);

    // A server is asked at most this often, and not for longer than that.
    struct Patience
    {
        std::chrono::milliseconds interval = std::chrono::seconds(30);
        std::chrono::milliseconds longest = std::chrono::hours(1);
    };

    RecordWaiter(Ask ask, Patience patience, QObject *parent = nullptr);
    explicit RecordWaiter(Ask ask, QObject *parent = nullptr);
    ~RecordWaiter() override; // stops, and waits for the look that is going on: less than a second

    // Ends what was waited for before. The first look is at once.
    void start(const WantedRecord &wanted, const NetOptions &options);
    void stop();
    bool isWaiting() const { return m_isWaiting; }
    const WantedRecord &wanted() const { return m_wanted; }

signals:
    void looked(const std::vector<cockpit::OwnerAnswer> &answers);
    void lookFailed(const cockpit::Error &error); // the next one may do better
    void ended(cockpit::WaitEnd end);

private:
    void look();
    void take(const Result<std::vector<OwnerAnswer>> &answers);
    void finish(WaitEnd end);

    Ask m_ask;
    Patience m_patience;
    WantedRecord m_wanted;
    NetOptions m_options;
    bool m_isWaiting = false;
    quint64 m_waits = 0; // counted, so that a late answer to an earlier one is not taken for this one's
    CancelToken m_token;
    QElapsedTimer m_since;
    QTimer m_next;
    QThreadPool m_pool;
};

// All of them, and at least one.
bool haveAll(const std::vector<OwnerAnswer> &answers);

} // namespace cockpit
