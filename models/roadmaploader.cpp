// Reads the roadmaps' JSON. The loader is the schema: what it does not ask for is refused.
#include "models/checkcatalog.h"
#include "models/roadmap.h"
#include "models/strictobject.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RoadmapLoader)
};

constexpr int kStages = 7;

class Loader
{
public:
    Loader(const QJsonObject &document, const std::set<QString> &knownChecks)
        : m_root(document, u"roadmap"_s, m_error), m_knownChecks(knownChecks)
    {
    }

    Result<Roadmap> load();

private:
    std::vector<Item> items(StrictObject &parent, const QString &member, ItemKind kind, const QString &idPrefix);
    Item item(StrictObject &object, ItemKind kind, const QString &idPrefix);
    Item sprintRow(StrictObject &object, std::size_t number);
    Stage stage(StrictObject &object, int number);
    Threshold threshold(StrictObject object);
    QStringList checks(StrictObject &object);
    QString newId(StrictObject &object, const QString &prefix);

    FirstError m_error;
    StrictObject m_root;
    const std::set<QString> &m_knownChecks;
    std::set<QString> m_ids;
    QString m_roadmapId;
};

Result<Roadmap> Loader::load()
{
    Roadmap roadmap;
    m_roadmapId = roadmap.id = m_root.text(u"id"_s);
    m_root.text(u"seed"_s); // the document it was made from; for its authors alone
    roadmap.title = m_root.text(u"title"_s);
    roadmap.product = m_root.text(u"product"_s);
    roadmap.phase = m_root.text(u"phase"_s);
    roadmap.summary = m_root.text(u"summary"_s);
    roadmap.minimumBar = items(m_root, u"minimum_bar"_s, ItemKind::MinimumBar, m_roadmapId + u".bar."_s);
    m_root.each(u"stages"_s, [&](StrictObject &object) {
        roadmap.stages.push_back(stage(object, static_cast<int>(roadmap.stages.size()) + 1));
    });
    if (roadmap.stages.size() != kStages)
        m_root.complain(u"stages"_s, Text::tr("must hold the stages 1 to %1").arg(kStages));
    roadmap.automate = items(m_root, u"automate"_s, ItemKind::Automation, m_roadmapId + u".auto."_s);
    roadmap.notNow = items(m_root, u"not_now"_s, ItemKind::NotNow, m_roadmapId + u".later."_s);
    m_root.each(u"sprint"_s,
                [&](StrictObject &object) { roadmap.sprint.push_back(sprintRow(object, roadmap.sprint.size() + 1)); });
    m_root.refuseOthers();
    if (!m_error.isEmpty())
        return failure(ErrorKind::BadInput,
                       Text::tr("The roadmap %1 cannot be used: %2").arg(m_roadmapId.left(80), m_error.sentence()));
    return roadmap;
}

Stage Loader::stage(StrictObject &object, int number)
{
    Stage stage;
    stage.number = object.wholeNumber(u"number"_s);
    if (stage.number != number)
        object.complain(u"number"_s, Text::tr("must be %1 here").arg(number));
    const QString prefix = u"%1.%2"_s.arg(m_roadmapId, QString::number(number));
    stage.id = object.text(u"id"_s);
    if (stage.id != prefix)
        object.complain(u"id"_s, Text::tr("must be %1").arg(prefix));
    stage.title = object.text(u"title"_s);
    stage.goal = object.text(u"goal"_s);
    stage.inferred = object.optionalFlag(u"inferred"_s);
    stage.checks = items(object, u"checks"_s, ItemKind::Check, prefix + u".c"_s);
    stage.deliverables = items(object, u"deliverables"_s, ItemKind::Deliverable, prefix + u".d"_s);
    stage.failureSignals = items(object, u"failure_signals"_s, ItemKind::FailureSignal, prefix + u".f"_s);
    for (auto *part : {&stage.checks, &stage.deliverables, &stage.failureSignals}) {
        for (Item &item : *part)
            item.stages = {number};
    }
    object.refuseOthers();
    return stage;
}

std::vector<Item> Loader::items(StrictObject &parent, const QString &member, ItemKind kind, const QString &idPrefix)
{
    std::vector<Item> list;
    parent.each(member, [&](StrictObject &object) { list.push_back(item(object, kind, idPrefix)); });
    return list;
}

Item Loader::item(StrictObject &object, ItemKind kind, const QString &idPrefix)
{
    Item item;
    item.id = newId(object, idPrefix);
    item.kind = kind;
    item.text = object.text(u"text"_s);
    item.inferred = object.optionalFlag(u"inferred"_s);
    if (kind == ItemKind::Check || kind == ItemKind::NotNow)
        item.why = object.text(u"why"_s);
    if (kind == ItemKind::Deliverable)
        item.artifact = object.text(u"artifact"_s);
    else if (kind != ItemKind::NotNow)
        item.checks = checks(object);
    if (kind == ItemKind::Check) {
        item.checkKind = fromWord<CheckKind>(object.text(u"kind"_s));
        if (!item.checkKind)
            object.complain(u"kind"_s, Text::tr("is not a kind of check"));
        if (object.has(u"threshold"_s))
            item.threshold = threshold(object.child(u"threshold"_s));
    }
    object.refuseOthers();
    return item;
}

Item Loader::sprintRow(StrictObject &object, std::size_t number)
{
    Item row;
    row.id = u"%1.sprint.%2"_s.arg(m_roadmapId, QString::number(number));
    row.kind = ItemKind::SprintRow;
    row.stages = object.wholeNumbers(u"stage"_s);
    for (const int stage : row.stages) {
        if (stage < 1 || stage > kStages)
            object.complain(u"stage"_s, Text::tr("must be from 1 to %1").arg(kStages));
    }
    row.text = object.text(u"action"_s);
    row.outcome = object.text(u"outcome"_s);
    row.inferred = object.optionalFlag(u"inferred"_s);
    object.refuseOthers();
    return row;
}

Threshold Loader::threshold(StrictObject object)
{
    Threshold threshold{
        .p95MsBelow = object.optionalWholeNumber(u"p95_ms_below"_s),
        .p95MsNotAbove = object.optionalWholeNumber(u"p95_ms_not_above"_s),
        .p95RiseFactorAlarm = object.optionalNumber(u"p95_rise_factor_alarm"_s),
        .maliciousRequestsMin = object.optionalWholeNumber(u"malicious_requests_min"_s),
        .rollbackMinutesBelow = object.optionalWholeNumber(u"rollback_minutes_below"_s),
        .appliesTo = object.optionalText(u"applies_to"_s),
        .strictness = object.optionalText(u"strictness"_s),
    };
    object.refuseOthers();
    return threshold;
}

QStringList Loader::checks(StrictObject &object)
{
    QStringList ids = object.texts(u"checks"_s);
    for (const QString &id : ids) {
        if (!m_knownChecks.contains(id))
            object.complain(u"checks"_s, Text::tr("names an unknown check, %1").arg(id.left(80)));
    }
    return ids;
}

QString Loader::newId(StrictObject &object, const QString &prefix)
{
    QString id = object.text(u"id"_s);
    static const QRegularExpression number(u"\\A[1-9][0-9]{0,3}\\z"_s);
    if (!id.startsWith(prefix) || !number.match(id.mid(prefix.size())).hasMatch())
        object.complain(u"id"_s, Text::tr("must be %1 and a number, not %2").arg(prefix, id.left(80)));
    if (!m_ids.insert(id).second)
        object.complain(u"id"_s, Text::tr("is there twice: %1").arg(id.left(80)));
    return id;
}

Result<std::vector<Roadmap>> readAll()
{
    const auto catalog = CheckCatalog::load();
    if (!catalog)
        return tl::unexpected(catalog.error());
    std::vector<Roadmap> roadmaps;
    for (const QLatin1StringView id : {"internal-ops-saas"_L1, "internal-ops-mobile"_L1, "internal-ops-chatbot"_L1,
                                       "b2b-client-portal"_L1, "ai-marketplace"_L1}) {
        QFile file(u":/roadmaps/%1.json"_s.arg(id));
        if (!file.open(QIODevice::ReadOnly))
            return failure(ErrorKind::NotFound, Text::tr("The roadmap %1 is missing from this program.").arg(id));
        auto roadmap = parseRoadmap(file.readAll(), catalog->ids());
        if (!roadmap)
            return tl::unexpected(roadmap.error());
        roadmaps.push_back(std::move(*roadmap));
    }
    return roadmaps;
}

} // namespace

Result<Roadmap> parseRoadmap(const QByteArray &json, const std::set<QString> &knownChecks)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return failure(ErrorKind::BadInput, Text::tr("The roadmap is not JSON: %1.").arg(error.errorString()));
    if (!document.isObject())
        return failure(ErrorKind::BadInput, Text::tr("The roadmap is not a JSON object."));
    return Loader(document.object(), knownChecks).load();
}

const Result<std::vector<Roadmap>> &loadRoadmaps()
{
    static const Result<std::vector<Roadmap>> loaded = readAll();
    return loaded;
}

} // namespace cockpit
