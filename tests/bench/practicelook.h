// A look at the practice company for figures: what is asked for, and what arrived at its servers.
#pragma once

#include "app/composition.h"
#include "app/practice/practicecompany.h"
#include "checks/engine/runner.h"

#include <map>
#include <mutex>

namespace cockpit::bench {

constexpr std::chrono::milliseconds kDelay(20); // added to each answer

RunRequest requestFor(const Composition &composition, const PracticeCompany &company);

// What arrived at the practice company's servers; they tell from their own threads.
class Tally
{
public:
    void add(const QString &question);
    // Questions of a kind: "DNS", "TLS", "HTTP".
    int arrived(QLatin1StringView kind) const;
    int distinct(QLatin1StringView kind) const;
    // Names those that came more than once, and gives their number. A handshake is a connection and no question. A page
    // is sampled many times on purpose.
    int printRepeated() const;

private:
    mutable std::mutex m_mutex;
    std::map<QString, int> m_counts; // guarded by m_mutex
};

void printSlowest(Run run);

} // namespace cockpit::bench
