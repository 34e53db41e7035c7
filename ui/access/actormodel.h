// The test accounts as a list: who each is, how it signs in, and what came of trying it.
#pragma once

#include "models/access/actor.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractListModel>
#include <QHash>
#include <QSet>

namespace cockpit {

// What came of trying an account; it counts until the account is changed.
struct ActorStanding
{
    StateShape shape = StateShape::NotRun;
    QString sentence;

    bool operator==(const ActorStanding &) const = default;
};

class ActorModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole };

    using QAbstractListModel::QAbstractListModel;

    // credentials: the names of those that the project has.
    void setActors(const std::vector<TestActor> &actors, const QSet<QString> &credentials);
    void setStanding(const QString &actorId, const ActorStanding &standing);
    const TestActor *actor(int row) const; // null outside
    int rowOf(const QString &actorId) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QString noteOf(const TestActor &actor) const;
    ActorStanding standingOf(const TestActor &actor) const;

    std::vector<TestActor> m_actors;
    QSet<QString> m_credentials;
    QHash<QString, ActorStanding> m_standings; // by id
};

// "admin of Acme"; without a customer the role alone.
QString placeOf(const TestActor &actor);

} // namespace cockpit
