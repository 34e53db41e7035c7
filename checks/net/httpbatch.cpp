#include "checks/net/httpbatch.h"

#include "checks/engine/requestbudget.h"
#include "checks/net/libcurl.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HttpClient)
};

// Below the 100 streams that servers commonly allow (RFC 9113 section 6.5.2), and polite.
constexpr std::size_t kStreamsPerConnection = 24;

} // namespace

std::size_t HttpBatch::Origin::room() const
{
    const std::size_t most = carriedBy(passes.size());
    return most - std::min(most, running);
}

std::size_t HttpBatch::Origin::carriedBy(std::size_t slotCount) const
{
    return multiplexes ? slotCount * kStreamsPerConnection : slotCount;
}

HttpBatch::HttpBatch(ProbeContext &context, X509_STORE *roots)
    : m_context(context), m_payer(VisitPayer::here()), m_roots(roots)
{
    startLibcurlOnce();
    m_multi.reset(curl_multi_init());
    curl_multi_setopt(m_multi.get(), CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    curl_multi_setopt(m_multi.get(), CURLMOPT_MAX_HOST_CONNECTIONS,
                      static_cast<long>(context.options.connectionsPerHost));
}

HttpBatch::~HttpBatch()
{
    forgetItems();
}

void HttpBatch::forgetItems()
{
    for (const Item &item : m_items) {
        if (item.transfer)
            curl_multi_remove_handle(m_multi.get(), item.transfer->handle());
    }
    m_items.clear();
    for (auto &[name, origin] : m_origins) {
        origin.waiting.clear();
        origin.running = 0;
    }
    m_running = 0;
}

void HttpBatch::add(const HttpGet &question, const std::vector<SocketAddress> &addresses)
{
    const QString origin = u"%1:%2"_s.arg(hostOf(question.url), QString::number(portOf(question.url)));
    m_origins[origin].waiting.push_back(m_items.size());
    Item item{.origin = origin, .transfer = nullptr, .answer = {}};
    item.transfer = std::make_unique<HttpTransfer>(question, addresses, m_roots, Sending{.once = m_payer != nullptr});
    if (m_payer) {
        item.question = question;
        item.addresses = addresses;
    }
    m_items.push_back(std::move(item));
}

void HttpBatch::addAnswered(const Error &error)
{
    m_items.push_back({.origin = {}, .transfer = nullptr, .answer = tl::unexpected<Error>(error)});
}

bool HttpBatch::hasWork() const
{
    return m_running > 0 || std::ranges::any_of(m_origins, [](const auto &o) { return !o.second.waiting.empty(); });
}

std::vector<Result<HttpResponse>> HttpBatch::run()
{
    while (hasWork()) {
        if (const auto goesOn = verifyGoesOn(); !goesOn) {
            interruptRest(goesOn.error());
            break;
        }
        m_payer ? startNextPaid() : startWhatFits();
        int running = 0;
        curl_multi_perform(m_multi.get(), &running);
        takeFinished();
        if (hasWork())
            waitForNews();
    }
    std::vector<Result<HttpResponse>> answers;
    m_opened.clear();
    for (Item &item : m_items) {
        answers.push_back(std::move(item.answer));
        m_opened.push_back(item.hasOpened);
    }
    forgetItems();
    return answers;
}

void HttpBatch::startWhatFits()
{
    for (auto &[name, origin] : m_origins) {
        giveBackOverShare(name, origin);
        while (!origin.waiting.empty()) {
            if (origin.room() == 0) {
                auto pass = nextPass(name, origin);
                if (!pass) // what is full is asked again in the next turn
                    break;
                origin.passes.push_back(std::move(pass));
            }
            startNext(origin);
        }
        while (origin.waiting.empty() && origin.passes.size() > 1 && origin.running < origin.passes.size())
            origin.passes.pop_back();
        if (origin.waiting.empty() && origin.running == 0)
            origin.passes.clear();
    }
}

// Others came to this host after this batch had taken what was free: they get their part as exchanges end.
void HttpBatch::giveBackOverShare(const QString &name, Origin &origin)
{
    const auto share = static_cast<std::size_t>(m_context.gate.share(name));
    while (origin.passes.size() > share && origin.running <= origin.carriedBy(origin.passes.size() - 1))
        origin.passes.pop_back();
}

HostGate::Pass HttpBatch::nextPass(const QString &name, const Origin &origin)
{
    if (!origin.passes.empty())
        return m_context.gate.enterAgain(name, static_cast<int>(origin.passes.size()));
    // With nothing else to do, the first slot is waited for at the gate, which tells at once when one is free.
    const bool hasNothingElse = m_running == 0 && m_origins.size() == 1;
    const auto wait = hasNothingElse ? kLongestBlindWait : std::chrono::milliseconds(0);
    return m_context.gate.enter(name, m_context.token, Deadline::in(wait).earlierOf(m_context.deadline));
}

void HttpBatch::startNext(Origin &origin)
{
    if (const auto leave = m_context.budget.take(1, m_context.token, m_context.deadline); !leave) {
        giveUpWaiting(origin, leave.error());
        return;
    }
    start(origin);
}

void HttpBatch::start(Origin &origin)
{
    Item &item = m_items[origin.waiting.front()];
    origin.waiting.pop_front();
    item.transfer->prepare({m_context.options.operationTimeout, m_context.deadline.remaining()});
    curl_multi_add_handle(m_multi.get(), item.transfer->handle());
    ++origin.running;
    ++m_running;
}

void HttpBatch::takeFinished()
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi.get(), &left)) {
        const CURLcode code = message->data.result;
        CURL *const handle = message->easy_handle;
        const auto it = std::ranges::find_if(
            m_items, [handle](const Item &item) { return item.transfer && item.transfer->handle() == handle; });
        settle(*it, code);
    }
}

void HttpBatch::settle(Item &item, CURLcode code)
{
    Origin &origin = m_origins[item.origin];
    --origin.running;
    --m_running;
    if (mayTryAgain(item)) {
        curl_multi_remove_handle(m_multi.get(), item.transfer->handle());
        tryAgain(item);
        return;
    }
    item.answer = item.transfer->finish(code);
    const bool wasConnected = item.transfer->hasConnected();
    item.hasOpened = item.transfer->hasOpened();
    curl_multi_remove_handle(m_multi.get(), item.transfer->handle());
    item.transfer.reset();
    tellPayer(item, item.answer.map([](const HttpResponse &answer) { return answer.status; }));
    if (item.answer)
        origin.multiplexes = origin.multiplexes || item.answer->version == "2";
    else if (!wasConnected) // who cannot be connected to is not asked dozens of times more
        giveUpWaiting(origin, item.answer.error());
}

void HttpBatch::giveUpWaiting(Origin &origin, const Error &error)
{
    for (const std::size_t index : origin.waiting) {
        m_items[index].transfer.reset();
        m_items[index].answer = tl::unexpected<Error>(error);
    }
    origin.waiting.clear();
}

// Of what has no answer yet; the sentence has a place for who did not answer.
Result<void> HttpBatch::verifyGoesOn() const
{
    if (m_context.token.isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("Stopped before %1 answered."));
    if (m_context.deadline.hasPassed())
        return failure(ErrorKind::TimedOut, Text::tr("The run's time was over before %1 answered."));
    return m_payer ? m_payer->verifyGoesOn() : Result<void>();
}

void HttpBatch::interruptRest(const Error &why)
{
    for (Item &item : m_items) {
        if (!item.transfer)
            continue;
        const QString sentence = why.message.contains("%1"_L1) ? why.message.arg(item.origin) : why.message;
        item.answer = failure(why.kind, sentence);
        tellPayer(item, failure(ErrorKind::Cancelled, {}));
    }
}

void HttpBatch::waitForNews()
{
    const auto slice = std::min(kLongestBlindWait, m_context.deadline.remaining());
    // With nothing on the way, every slot is held by other workers: look again soon.
    const auto wait = m_running == 0 ? std::min(slice, std::chrono::milliseconds(10)) : slice;
    curl_multi_poll(m_multi.get(), nullptr, 0, static_cast<int>(wait.count()), nullptr);
}

} // namespace cockpit
