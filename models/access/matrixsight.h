// What the check of the rules saw, cell by cell: `observed.matrix` of access.roles (cli.md).
#pragma once

#include "models/access/accessrule.h"

#include <QHash>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace cockpit {

struct MatrixSight
{
    QString method, path, host; // of the Route; an empty host: the usual one
    QString actor;              // name of the TestActor; empty: signed out
    QString role;               // empty: signed out
    std::optional<Allowance> wanted;
    std::optional<Allowance> seen; // empty: could not be told
    int status = 0;                // of HTTP; 0: no answer
    QString why;                   // what it was told by, or why it could not be
    bool readsOthers = false;      // another tenant's records came, or were changed

    bool operator==(const MatrixSight &) const = default;
};

// Rows and cells that are none are left out.
std::vector<MatrixSight> matrixSightsIn(const QJsonObject &observed);

// How what was seen compares with the rule. Ordered: the later counts of several accounts of one role.
enum class CellVerdict {
    NotSeen,
    AsWanted,
    TooLittle, // refused what the rule allows: somebody cannot work
    TooMuch,   // allowed what the rule refuses, or given another tenant's records
};
// A rule that has been changed since is not what was looked at: NotSeen.
CellVerdict verdictOf(const MatrixSight &sight, Allowance rule);

// They, found by cell; a route is found by its shape, whatever its holes are called.
class MatrixSights
{
public:
    MatrixSights() = default;
    explicit MatrixSights(std::vector<MatrixSight> sights);

    bool isEmpty() const { return m_sights.empty(); }
    // One for each account of the role that asked.
    std::vector<MatrixSight> of(const QString &method, const QString &path, const QString &host,
                                const QString &role) const;

    bool operator==(const MatrixSights &other) const { return m_sights == other.m_sights; }

private:
    std::vector<MatrixSight> m_sights;
    QHash<QString, std::vector<std::size_t>> m_byCell;
};

} // namespace cockpit
