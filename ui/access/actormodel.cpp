#include "ui/access/actormodel.h"

#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

void ActorModel::setActors(const std::vector<TestActor> &actors, const QSet<QString> &credentials)
{
    if (actors == m_actors && credentials == m_credentials)
        return;
    for (const TestActor &known : m_actors) { // what was said of an account that is another now counts no more
        const auto same = std::ranges::find(actors, known.id, &TestActor::id);
        if (same == actors.end() || *same != known)
            m_standings.remove(known.id);
    }
    const bool sameRows = std::ranges::equal(actors, m_actors, {}, &TestActor::id, &TestActor::id);
    if (!sameRows)
        beginResetModel();
    m_actors = actors;
    m_credentials = credentials;
    if (!sameRows)
        endResetModel();
    else if (!m_actors.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

void ActorModel::setStanding(const QString &actorId, const ActorStanding &standing)
{
    const int row = rowOf(actorId);
    if (row < 0)
        return;
    m_standings[actorId] = standing;
    emit dataChanged(index(row), index(row));
}

const TestActor *ActorModel::actor(int row) const
{
    return row >= 0 && row < rowCount() ? &m_actors[size_t(row)] : nullptr;
}

int ActorModel::rowOf(const QString &actorId) const
{
    const auto actor = std::ranges::find(m_actors, actorId, &TestActor::id);
    return actor == m_actors.end() ? -1 : static_cast<int>(actor - m_actors.begin());
}

int ActorModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_actors.size());
}

ActorStanding ActorModel::standingOf(const TestActor &actor) const
{
    if (actor.credential.isEmpty() || !m_credentials.contains(actor.credential))
        return {StateShape::Warn, tr("Its password or token is missing: edit it and put it in.")};
    return m_standings.value(actor.id, {StateShape::NotRun, tr("Not tried yet.")});
}

QString ActorModel::noteOf(const TestActor &actor) const
{
    const QString where = QUrl(actor.signIn.url).host();
    const QString how =
        where.isEmpty() ? labelOf(actor.signIn.kind) : tr("%1 at %2").arg(labelOf(actor.signIn.kind), where);
    return tr("%1 · %2").arg(how, standingOf(actor).sentence);
}

QVariant ActorModel::data(const QModelIndex &index, int role) const
{
    const TestActor *actor = this->actor(index.row());
    if (!actor)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return actor->name;
    case RowNoteRole:
        return noteOf(*actor);
    case RowShapeRole:
        return QVariant::fromValue(standingOf(*actor).shape);
    case RowPillRole:
        return placeOf(*actor);
    case RowPillToneRole:
        return QVariant::fromValue(Tone::Neutral);
    case RowSecondPillRole:
        return actor->isThrowAway ? tr("throw-away") : QString();
    case Qt::AccessibleTextRole:
        return tr("%1, %2. %3").arg(actor->name, placeOf(*actor), noteOf(*actor));
    case IdRole:
        return actor->id;
    }
    return {};
}

QString placeOf(const TestActor &actor)
{
    return actor.tenant.isEmpty() ? actor.role : ActorModel::tr("%1 of %2").arg(actor.role, actor.tenant);
}

} // namespace cockpit
