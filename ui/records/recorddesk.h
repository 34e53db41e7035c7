// What the page of records works with, without widgets: the records as they stand, drafts, budgets. The DNS is asked on
// a worker.
#pragma once

#include "checks/engine/recordservices.h"

#include <QObject>
#include <QThreadPool>

#include <optional>

namespace cockpit {

class RecordDesk : public QObject
{
    Q_OBJECT

public:
    explicit RecordDesk(const RecordServices &services, QObject *parent = nullptr);
    ~RecordDesk() override; // ends what is being asked: less than a second

    bool isUsable() const { return m_services.isComplete(); }
    const RecordServices &services() const { return m_services; }

    // Asynchronous; ends in todayChanged() or failed(). A second call ends the first.
    void read(const QString &domain, const NetOptions &net);
    bool isReading() const { return m_isReading; }
    const std::optional<RecordsToday> &today() const { return m_today; }
    void forget();

    // Ends in budgetReady(), or in silence when nobody can tell; a newer question replaces an older one.
    void countBudget(const QString &record);
    void stopCounting();
    // What stands at a name; ends in textsReady(), well or not. A name is asked for once until read() or forget().
    void readTexts(const QString &name);
    bool hasLookedAt(const QString &name) const { return !name.isEmpty() && name == m_textsName; }
    const std::optional<Error> &lookError() const { return m_lookError; } // of the name that was looked at last

    RecordDraft draft(const SpfWish &wish) const;
    RecordDraft draft(const DmarcWish &wish) const;
    RecordDraft draft(const DkimWish &wish) const; // beside what readTexts() found at its name

signals:
    void todayChanged();
    void failed(const cockpit::Error &error);
    void budgetReady(const cockpit::SpfBudget &budget);
    void textsReady();

private:
    void forgetTexts();
    template<typename Work, typename Take>
    void onWorker(CancelToken &token, Work work, Take take);

    RecordServices m_services;
    NetOptions m_net;
    QString m_domain;
    bool m_isReading = false;
    std::optional<RecordsToday> m_today;
    QString m_textsName; // where m_texts stand, or could not be read
    NameToday m_texts;
    std::optional<Error> m_lookError;
    CancelToken m_reading;
    CancelToken m_counting;
    CancelToken m_looking;
    QThreadPool m_pool;
};

} // namespace cockpit
