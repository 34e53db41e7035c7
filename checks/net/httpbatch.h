// Many exchanges on one libcurl multi handle, driven by the worker that asked. On a thread that somebody pays for
// (visitpayer.h) one after the other, as the pace lets them out.
#pragma once

#include "checks/engine/hostgate.h"
#include "checks/engine/visitpayer.h"
#include "checks/net/httptransfer.h"

#include <deque>
#include <map>

namespace cockpit {

class HttpBatch
{
public:
    // roots must outlive the batch.
    HttpBatch(ProbeContext &context, X509_STORE *roots);
    Q_DISABLE_COPY_MOVE(HttpBatch)
    ~HttpBatch();

    void add(const HttpGet &question, const std::vector<SocketAddress> &addresses);
    void addAnswered(const Error &error);

    // Answers in the order of the adds since the last run; what was connected is kept for the next one. Returns within
    // 100 ms of a cancel, and within each exchange's time.
    std::vector<Result<HttpResponse>> run();
    // Of the last run, in the same order: was the connection ready for a request?
    const std::vector<bool> &opened() const { return m_opened; }

private:
    struct Item
    {
        QString origin;
        std::unique_ptr<HttpTransfer> transfer; // null once answered
        Result<HttpResponse> answer;
        bool hasOpened = false;
        // Where somebody pays for it.
        std::optional<HttpGet> question = {};
        std::vector<SocketAddress> addresses = {};
        std::optional<Clock::time_point> letOutAt = {};
        bool isSecondTry = false;
    };

    // What waits for one host and port, and the connection slots that this batch holds there.
    struct Origin
    {
        std::deque<std::size_t> waiting;
        std::vector<HostGate::Pass> passes;
        std::size_t running = 0;
        bool multiplexes = false; // HTTP/2 was seen: one connection carries many

        std::size_t carriedBy(std::size_t slotCount) const; // how many exchanges
        std::size_t room() const;
    };

    bool hasWork() const;
    void startWhatFits();
    void startNextPaid();
    bool isLetOut(Origin &origin, Item &item);
    void tellPayer(const Item &item, const Result<int> &status);
    bool mayTryAgain(const Item &item) const;
    void tryAgain(Item &item);
    HostGate::Pass nextPass(const QString &name, const Origin &origin);
    void giveBackOverShare(const QString &name, Origin &origin);
    void startNext(Origin &origin);
    void start(Origin &origin);
    void takeFinished();
    void settle(Item &item, CURLcode code);
    void giveUpWaiting(Origin &origin, const Error &error);
    Result<void> verifyGoesOn() const;
    void interruptRest(const Error &why);
    void forgetItems();
    void waitForNews();

    ProbeContext &m_context;
    VisitPayer *const m_payer; // null: nobody pays
    X509_STORE *const m_roots;
    std::unique_ptr<CURLM, FreeWith<curl_multi_cleanup>> m_multi;
    std::vector<Item> m_items;
    std::vector<bool> m_opened;
    std::map<QString, Origin> m_origins;
    std::size_t m_running = 0;
};

} // namespace cockpit
