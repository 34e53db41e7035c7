// Keys planted in all places that a look at code reads, each of them known by its middle, and whether one is left in
// what the program wrote. The keys are made when the test runs.
#pragma once

#include "tests/app/builtprogram.h"
#include "tests/checks/secrets/gitfixture.h"

#include <QByteArrayView>

#include <array>
#include <vector>

namespace cockpit {

QByteArray noiseOf(qsizetype count, unsigned seed);
// A shell's command, which must end well.
bool runIn(const QString &folder, const QString &command);
// All that is in the home of the program.
QByteArray everythingKept(const BuiltProgram &program);

// Looks for many pieces of one length at once.
class Pieces
{
public:
    static constexpr qsizetype kBytes = 16;

    void add(const QByteArray &piece);
    // The numbers of those that are there, in the order in which they were added.
    std::vector<size_t> in(QByteArrayView bytes) const;

private:
    static size_t slotOf(const char *bytes);

    std::vector<QByteArray> m_pieces;
    std::array<bool, 65536> m_mayBegin{};
};

class PlantedTraces
{
public:
    // In a tree with files of many forms, in archives in it, and in a history with objects, packs, messages and names.
    // False when a program that is needed failed.
    bool plant();
    // The line with a new key, which is remembered as standing in this place.
    QByteArray line(unsigned seed, const QByteArray &place);

    const GitFixture &code() const { return m_git; }
    qsizetype planted() const { return m_planted; }

    // Of each key that is there, as often as it is.
    std::vector<QByteArray> placesIn(QByteArrayView bytes) const;
    // A sentence for each place whose key is there; empty: none.
    QByteArray leftIn(QByteArrayView bytes) const;

private:
    void plantInTree();
    bool plantInArchives();
    void plantInGit();

    GitFixture m_git{QStringLiteral("shop")};
    Pieces m_pieces;
    std::vector<QByteArray> m_places; // where each was planted
    qsizetype m_planted = 0;
};

} // namespace cockpit
