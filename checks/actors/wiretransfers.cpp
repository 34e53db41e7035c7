#include "checks/actors/wiretransfers.h"

#include "checks/net/libcurl.h"

#include <algorithm>

namespace cockpit {

namespace {

bool isWaiting(const WireJob &job)
{
    return !job.isDone && job.transfer->pacedBody() != nullptr;
}

void wakeThoseDue(std::vector<WireJob> &jobs)
{
    for (WireJob &job : jobs) {
        if (isWaiting(job) && job.transfer->pacedBody()->isDue())
            curl_easy_pause(job.transfer->handle(), CURLPAUSE_CONT);
    }
}

} // namespace

WireTransfers::WireTransfers(std::shared_ptr<X509_STORE> roots) : m_roots(std::move(roots))
{
    startLibcurlOnce();
    m_multi.reset(curl_multi_init());
    curl_multi_setopt(m_multi.get(), CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
}

void WireTransfers::run(std::vector<WireJob> &jobs, const std::function<bool()> &isOver)
{
    const auto began = Clock::now();
    for (WireJob &job : jobs) {
        job.transfer->prepare(job.limits);
        curl_multi_add_handle(m_multi.get(), job.transfer->handle());
    }
    while (!std::ranges::all_of(jobs, &WireJob::isDone) && !isOver()) {
        int running = 0;
        curl_multi_perform(m_multi.get(), &running);
        takeFinished(jobs, began);
        releaseWhenAllAreHeld(jobs);
        wakeThoseDue(jobs);
        if (!std::ranges::all_of(jobs, &WireJob::isDone))
            wait(jobs);
    }
    for (WireJob &job : jobs) {
        if (!job.isDone)
            job.duration = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
        curl_multi_remove_handle(m_multi.get(), job.transfer->handle());
    }
}

void WireTransfers::releaseWhenAllAreHeld(std::vector<WireJob> &jobs) const
{
    const auto isReady = [](const WireJob &job) { return !isWaiting(job) || job.transfer->pacedBody()->isHeld(); };
    if (!std::ranges::all_of(jobs, isReady))
        return;
    for (WireJob &job : jobs) {
        if (isWaiting(job))
            job.transfer->pacedBody()->release();
    }
}

void WireTransfers::takeFinished(std::vector<WireJob> &jobs, Clock::time_point began)
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi.get(), &left)) {
        CURL *const handle = message->easy_handle;
        const auto job =
            std::ranges::find_if(jobs, [handle](const WireJob &one) { return one.transfer->handle() == handle; });
        job->answer = job->transfer->finish(message->data.result);
        job->duration = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
        job->isDone = true;
    }
}

void WireTransfers::wait(const std::vector<WireJob> &jobs) const
{
    auto longest = kLongestBlindWait;
    for (const WireJob &job : jobs) {
        if (!isWaiting(job))
            continue;
        const BodySource &body = *job.transfer->pacedBody();
        if (body.isDue()) // woken already: libcurl has yet to send it
            longest = std::min(longest, std::chrono::milliseconds(1));
        else if (const auto due = body.untilDue(); due.count() > 0)
            longest = std::min(longest, due);
    }
    curl_multi_poll(m_multi.get(), nullptr, 0, static_cast<int>(longest.count()), nullptr);
}

} // namespace cockpit
