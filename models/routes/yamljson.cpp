#include "models/routes/yamljson.h"

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <map>
#include <sstream>
#include <unordered_map>
#include <vector>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(YamlJson)
};

// Thrown through the library's parser and caught beside its own exceptions: it has no other way to be stopped.
struct PastLimit
{
    QString sentence;
};

struct Built
{
    QJsonValue value;
    qint64 nodes = 1;
    qint64 text = 0; // characters
};

// Puts values together as the parser names them. Its events come in the order of the text.
class Builder : public YAML::EventHandler
{
public:
    QJsonValue take() { return m_root; }

    void OnDocumentStart(const YAML::Mark &) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &, YAML::anchor_t anchor) override { finish({QJsonValue(), 1, 0}, anchor); }

    void OnAlias(const YAML::Mark &, YAML::anchor_t anchor) override
    {
        const auto known = m_anchors.find(anchor);
        // An alias inside its own anchor has no end.
        if (known == m_anchors.end())
            throw PastLimit{Text::tr("The YAML text refers to itself.")};
        add(known->second);
    }

    void OnScalar(const YAML::Mark &, const std::string &tag, YAML::anchor_t anchor, const std::string &text) override
    {
        finish({scalar(tag, QString::fromStdString(text)), 1, static_cast<qint64>(text.size())}, anchor);
    }

    void OnSequenceStart(const YAML::Mark &, const std::string &, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(anchor, false);
    }

    void OnMapStart(const YAML::Mark &, const std::string &, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(anchor, true);
    }

    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

private:
    struct Level
    {
        YAML::anchor_t anchor = YAML::NullAnchor;
        bool isMap = false;
        bool hasKey = false;
        QString key;
        std::map<QString, QJsonValue> members; // QJsonObject takes keys in their order fast, in any other slowly
        QJsonArray array;
        qint64 nodes = 1;
        qint64 text = 0;
    };

    static QJsonObject objectOf(const Level &level)
    {
        QJsonObject object;
        for (const auto &[key, value] : level.members)
            object.insert(key, value);
        return object;
    }

    // A tag of "?" is a plain scalar, one of "!" a quoted one (YAML 1.2, 6.9.1).
    static QJsonValue scalar(const std::string &tag, const QString &text)
    {
        if (tag != "?")
            return text;
        if (text == QLatin1String("true") || text == QLatin1String("false"))
            return text == QLatin1String("true");
        if (text.isEmpty() || text == QLatin1String("~") || text == QLatin1String("null"))
            return QJsonValue();
        return text;
    }

    void open(YAML::anchor_t anchor, bool isMap)
    {
        if (m_levels.size() >= static_cast<size_t>(kDeepestYaml))
            throw PastLimit{Text::tr("The YAML text nests its parts more than %1 deep.").arg(kDeepestYaml)};
        Level level;
        level.anchor = anchor;
        level.isMap = isMap;
        m_levels.push_back(std::move(level));
    }

    void close()
    {
        Level level = std::move(m_levels.back());
        m_levels.pop_back();
        finish({level.isMap ? QJsonValue(objectOf(level)) : QJsonValue(level.array), level.nodes, level.text},
               level.anchor);
    }

    void finish(const Built &built, YAML::anchor_t anchor)
    {
        if (anchor != YAML::NullAnchor)
            m_anchors[anchor] = built;
        add(built);
    }

    void add(const Built &built)
    {
        if (m_levels.empty()) {
            m_root = built.value;
            return;
        }
        Level &level = m_levels.back();
        level.nodes += built.nodes;
        level.text += built.text;
        if (level.nodes > kMostYamlNodes || level.text > kMostYamlText)
            throw PastLimit{Text::tr("The YAML text stands for too many values.")};
        if (!level.isMap) {
            level.array.append(built.value);
        } else if (level.hasKey) {
            level.members.insert_or_assign(level.key, built.value);
            level.hasKey = false;
        } else {
            level.key = built.value.toVariant().toString();
            level.hasKey = true;
        }
    }

    std::vector<Level> m_levels;
    std::unordered_map<YAML::anchor_t, Built> m_anchors;
    QJsonValue m_root;
};

} // namespace

Result<QJsonValue> yamlToJson(const QByteArray &yaml)
{
    if (yaml.size() > kLongestYaml)
        return failure(ErrorKind::TooLarge, Text::tr("The YAML text is larger than 8 MB."));
    try {
        std::istringstream stream(yaml.toStdString());
        YAML::Parser parser(stream);
        Builder builder;
        parser.HandleNextDocument(builder);
        return builder.take();
    } catch (const PastLimit &limit) {
        return failure(ErrorKind::TooLarge, limit.sentence);
    } catch (const YAML::Exception &error) {
        return failure(ErrorKind::BadInput,
                       Text::tr("The text cannot be read as YAML: line %1 is not right.").arg(error.mark.line + 1),
                       QString::fromStdString(error.msg));
    } catch (const std::exception &error) {
        return failure(ErrorKind::BadInput, Text::tr("The text cannot be read as YAML."),
                       QString::fromLatin1(error.what()));
    }
}

} // namespace cockpit
