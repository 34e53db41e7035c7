#include "models/access/matrixsight.h"

#include "models/routes/pathtemplate.h"

#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

MatrixSight sightIn(const QJsonObject &row, const QJsonObject &cell)
{
    MatrixSight sight;
    sight.method = row["method"_L1].toString();
    sight.path = row["path"_L1].toString();
    sight.host = row["host"_L1].toString();
    sight.actor = cell["actor"_L1].toString();
    sight.role = cell["role"_L1].toString();
    sight.wanted = allowanceFromWord(cell["wanted"_L1].toString());
    sight.seen = allowanceFromWord(cell["seen"_L1].toString());
    sight.status = cell["status"_L1].toInt();
    sight.why = cell["why"_L1].toString();
    sight.readsOthers = cell["reads_others"_L1].toBool();
    return sight;
}

// From all to nothing.
int strictness(Allowance allowance)
{
    switch (allowance) {
    case Allowance::Allowed:
        return 0;
    case Allowance::OwnOnly:
        return 1;
    case Allowance::Denied:
        return 2;
    }
    Q_UNREACHABLE();
}

// One without a host was asked on the usual one.
bool isSameHost(const QString &one, const QString &other)
{
    return one.isEmpty() || other.isEmpty() || one == other;
}

// No method and no role has a space in it.
QString keyOf(const QString &method, const QString &path, const QString &role)
{
    return role + u' ' + method + u' ' + shapeOf(path);
}

} // namespace

std::vector<MatrixSight> matrixSightsIn(const QJsonObject &observed)
{
    std::vector<MatrixSight> sights;
    const QJsonArray rows = observed["matrix"_L1].toArray();
    for (const QJsonValue &value : rows) {
        const QJsonObject row = value.toObject();
        const QJsonArray cells = row["cells"_L1].toArray();
        if (!row["path"_L1].toString().startsWith(u'/'))
            continue;
        for (const QJsonValue &cell : cells)
            sights.push_back(sightIn(row, cell.toObject()));
    }
    return sights;
}

CellVerdict verdictOf(const MatrixSight &sight, Allowance rule)
{
    if (!sight.seen || sight.wanted != rule)
        return CellVerdict::NotSeen;
    if (sight.readsOthers)
        return CellVerdict::TooMuch;
    if (*sight.seen == rule)
        return CellVerdict::AsWanted;
    return strictness(*sight.seen) < strictness(rule) ? CellVerdict::TooMuch : CellVerdict::TooLittle;
}

MatrixSights::MatrixSights(std::vector<MatrixSight> sights) : m_sights(std::move(sights))
{
    for (std::size_t i = 0; i < m_sights.size(); ++i) {
        const MatrixSight &sight = m_sights[i];
        m_byCell[keyOf(sight.method, sight.path, sight.role)].push_back(i);
    }
}

std::vector<MatrixSight> MatrixSights::of(const QString &method, const QString &path, const QString &host,
                                          const QString &role) const
{
    std::vector<MatrixSight> found;
    for (const std::size_t i : m_byCell.value(keyOf(method, path, role))) {
        if (isSameHost(m_sights[i].host, host))
            found.push_back(m_sights[i]);
    }
    return found;
}

} // namespace cockpit
