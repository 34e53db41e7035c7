#include "ui/records/recorddesk.h"

#include "checks/engine/background.h"
#include "checks/engine/guarded.h"
#include "ui/widgets/whendone.h"

#include <QtConcurrentRun>

#include <type_traits>

namespace cockpit {

using namespace Qt::StringLiterals;

RecordDesk::RecordDesk(const RecordServices &services, QObject *parent) : QObject(parent), m_services(services)
{
    m_pool.setMaxThreadCount(3); // one for each kind of question
}

RecordDesk::~RecordDesk()
{
    for (const CancelToken &token : {m_reading, m_counting, m_looking})
        token.cancel();
    m_pool.waitForDone();
}

// Replaces what the token stood for; a late answer to that is not taken any more.
template<typename Work, typename Take>
void RecordDesk::onWorker(CancelToken &token, Work work, Take take)
{
    using Answer = std::invoke_result_t<Work, CancelToken>;
    token.cancel();
    token = CancelToken();
    const auto asked = QtConcurrent::run(&m_pool, [work, token] {
        standBehindTheWindow();
        return guarded([&] { return work(token); });
    });
    whenDone(asked, this, [token, take](const Answer &answer) {
        if (!token.isCancelled())
            take(answer);
    });
}

void RecordDesk::read(const QString &domain, const NetOptions &net)
{
    m_domain = domain;
    m_net = net;
    m_isReading = true;
    forgetTexts();
    onWorker(
        m_reading, [read = m_services.read, domain, net](const CancelToken &token) { return read(domain, net, token); },
        [this](const Result<RecordsToday> &today) {
            m_isReading = false;
            m_today = today ? std::optional(*today) : std::nullopt;
            if (today)
                emit todayChanged();
            else
                emit failed(today.error());
        });
}

void RecordDesk::forget()
{
    m_reading.cancel();
    m_isReading = false;
    m_today.reset();
    stopCounting();
    forgetTexts();
}

void RecordDesk::forgetTexts()
{
    m_looking.cancel();
    m_textsName.clear();
    m_texts = {};
    m_lookError.reset();
}

void RecordDesk::stopCounting()
{
    m_counting.cancel();
}

void RecordDesk::countBudget(const QString &record)
{
    onWorker(
        m_counting,
        [budget = m_services.budget, domain = m_domain, record, net = m_net](const CancelToken &token) {
            return budget(domain, record, net, token);
        },
        [this](const Result<SpfBudget> &budget) {
            if (budget)
                emit budgetReady(*budget);
        });
}

void RecordDesk::readTexts(const QString &name)
{
    if (name == m_textsName)
        return;
    onWorker(
        m_looking,
        [readTexts = m_services.readTexts, name, net = m_net](const CancelToken &token) {
            return readTexts(name, net, token);
        },
        [this, name](const Result<NameToday> &texts) {
            m_textsName = name; // also when it failed, or it would be asked again and again
            m_texts = texts.value_or(NameToday());
            m_lookError = texts ? std::nullopt : std::optional(texts.error());
            emit textsReady();
        });
}

RecordDraft RecordDesk::draft(const SpfWish &wish) const
{
    return m_today ? m_services.draftSpf(*m_today, wish) : RecordDraft();
}

RecordDraft RecordDesk::draft(const DmarcWish &wish) const
{
    return m_today ? m_services.draftDmarc(*m_today, wish) : RecordDraft();
}

RecordDraft RecordDesk::draft(const DkimWish &wish) const
{
    RecordDraft draft = m_services.draftDkim(m_domain, {}, wish);
    return draft.name == m_textsName ? m_services.draftDkim(m_domain, m_texts, wish) : draft;
}

} // namespace cockpit
