// Which faults of a practice server are switched on. Cheap to copy.
#pragma once

#include <initializer_list>
#include <set>

namespace cockpit {

template<typename Fault>
class FaultSet
{
public:
    FaultSet() = default;
    FaultSet(std::initializer_list<Fault> faults) : m_faults(faults) {}

    bool has(Fault fault) const { return m_faults.count(fault) > 0; }
    bool isEmpty() const { return m_faults.empty(); }
    void add(Fault fault) { m_faults.insert(fault); }
    void remove(Fault fault) { m_faults.erase(fault); }
    const std::set<Fault> &faults() const { return m_faults; }
    bool operator==(const FaultSet &) const = default;

private:
    std::set<Fault> m_faults;
};

// One line of a server's list of faults.
template<typename Fault>
struct FaultLine
{
    Fault fault;
    const char *name; // for tests and command lines: "cross_path"
    const char *what; // English, one sentence; the sentence for people is sentenceOf()
};

} // namespace cockpit
