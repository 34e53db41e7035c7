// The requests of one wire on one libcurl multi handle, which keeps their connections.
#pragma once

#include "checks/net/httptransfer.h"

#include <functional>
#include <memory>
#include <vector>

namespace cockpit {

struct WireJob
{
    std::unique_ptr<HttpTransfer> transfer;
    TransferLimits limits;
    Result<HttpResponse> answer = failure(ErrorKind::Cancelled, {});
    std::chrono::milliseconds duration{0};
    bool isDone = false;
};

class WireTransfers
{
public:
    explicit WireTransfers(std::shared_ptr<X509_STORE> roots);
    Q_DISABLE_COPY_MOVE(WireTransfers)
    ~WireTransfers() = default;

    X509_STORE *roots() const { return m_roots.get(); }
    // All of them side by side, until each is done or isOver() says so, which is asked every 100 ms at least. Last
    // bytes that are held back go out as soon as every such body is there.
    void run(std::vector<WireJob> &jobs, const std::function<bool()> &isOver);

private:
    void releaseWhenAllAreHeld(std::vector<WireJob> &jobs) const;
    void takeFinished(std::vector<WireJob> &jobs, Clock::time_point began);
    void wait(const std::vector<WireJob> &jobs) const;

    const std::shared_ptr<X509_STORE> m_roots;
    std::unique_ptr<CURLM, FreeWith<curl_multi_cleanup>> m_multi;
};

} // namespace cockpit
