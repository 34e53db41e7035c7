#include "tests/lab/spfsuite.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <string_view>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

QString text(const YAML::Node &node)
{
    return node && node.IsScalar() ? QString::fromStdString(node.Scalar()) : QString();
}

std::vector<std::string> scalars(const YAML::Node &node)
{
    if (node.IsScalar())
        return {node.Scalar()};
    std::vector<std::string> all;
    for (const YAML::Node &item : node)
        all.push_back(item.Scalar());
    return all;
}

// RFC 1035 section 5.1: \DDD for everything that could mean something else.
QByteArray escaped(const std::string &bytes, std::string_view plain)
{
    QByteArray out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) || plain.find(c) != std::string_view::npos)
            out += c;
        else
            out += '\\' + QByteArray::number(byte).rightJustified(3, '0');
    }
    return out;
}

QByteArray absolute(const std::string &name)
{
    QByteArray out = escaped(name, "-_.*");
    return out.endsWith('.') ? out : out + '.';
}

QByteArray strings(const YAML::Node &value)
{
    QByteArray out;
    for (const std::string &one : scalars(value))
        out += " \"" + escaped(one, " ./:=+-_~?,;@'()!#&*<>[]{}|^`$%") + '"';
    return out.isEmpty() ? " \"\"" : out;
}

QByteArray dataOf(const std::string &type, const YAML::Node &value)
{
    if (type == "TXT")
        return strings(value);
    if (type == "MX")
        return ' ' + QByteArray::fromStdString(value[0].Scalar()) + ' ' + absolute(value[1].Scalar());
    if (type == "A" || type == "AAAA")
        return ' ' + QByteArray::fromStdString(value.Scalar());
    return ' ' + absolute(value.Scalar());
}

bool isNone(const YAML::Node &value)
{
    return value.IsScalar() && value.Scalar() == "NONE";
}

// A name's records as lines of a zone file. Type SPF is from before RFC 7208: it stands for TXT, unless the name has a
// TXT entry of its own.
QByteArray linesFor(const std::string &name, const YAML::Node &entries)
{
    QByteArray lines;
    QByteArray copiedFromSpf;
    bool hasOwnText = false;
    for (const YAML::Node &entry : entries) {
        if (!entry.IsMap())
            continue; // TIMEOUT
        for (const auto &record : entry) {
            const auto type = record.first.as<std::string>();
            hasOwnText = hasOwnText || type == "TXT";
            if (isNone(record.second))
                continue;
            if (type == "SPF")
                copiedFromSpf += absolute(name) + " TXT" + dataOf("TXT", record.second) + '\n';
            else
                lines += absolute(name) + ' ' + QByteArray::fromStdString(type) + dataOf(type, record.second) + '\n';
        }
    }
    return hasOwnText ? lines : lines + copiedFromSpf;
}

bool timesOut(const YAML::Node &entries)
{
    return std::any_of(entries.begin(), entries.end(), [](const YAML::Node &entry) { return entry.IsScalar(); });
}

constexpr auto kApex = "$TTL 300\n@ SOA ns.invalid. hostmaster.invalid. 1 7200 3600 1209600 300\n@ NS ns.invalid.\n";

// A name below one whose zone is broken needs a zone of its own to be answered for.
bool isBelowAny(const QByteArray &name, const std::vector<KnotZone> &zones)
{
    return std::ranges::any_of(
        zones, [&](const KnotZone &zone) { return name.toLower().endsWith('.' + zone.name.toUtf8().toLower()); });
}

std::vector<KnotZone> zonesFor(const YAML::Node &data)
{
    std::vector<KnotZone> broken;
    for (const auto &name : data) {
        const QByteArray owner = absolute(name.first.as<std::string>());
        // With records of its own the name is answered for: what would time out is a type that nobody asks for.
        if (timesOut(name.second) && linesFor(name.first.as<std::string>(), name.second).isEmpty())
            broken.push_back({QString::fromUtf8(owner), std::nullopt});
    }
    std::vector<KnotZone> zones;
    QByteArray root = kApex;
    for (const auto &name : data) {
        const QByteArray owner = absolute(name.first.as<std::string>());
        const QByteArray lines = linesFor(name.first.as<std::string>(), name.second);
        if (lines.isEmpty())
            continue;
        if (isBelowAny(owner, broken))
            zones.push_back({QString::fromUtf8(owner), kApex + lines});
        else
            root += lines;
    }
    zones.push_back({u"."_s, root});
    zones.insert(zones.end(), broken.begin(), broken.end());
    return zones;
}

SpfScenario scenarioOf(const YAML::Node &document)
{
    SpfScenario scenario;
    scenario.description = text(document["description"]);
    for (const auto &test : document["tests"]) {
        const YAML::Node &body = test.second;
        SpfCase one{text(test.first), text(body["host"]), text(body["helo"]), text(body["mailfrom"]), {}, {}};
        for (const std::string &result : scalars(body["result"]))
            one.results << QString::fromStdString(result).toLower();
        one.explanation = text(body["explanation"]);
        scenario.cases.push_back(one);
    }
    scenario.zones = zonesFor(document["zonedata"]);
    return scenario;
}

} // namespace

Result<std::vector<SpfScenario>> loadSpfSuite(const QString &path)
{
    try {
        std::vector<SpfScenario> scenarios;
        for (const YAML::Node &document : YAML::LoadAllFromFile(path.toStdString()))
            scenarios.push_back(scenarioOf(document));
        return scenarios;
    } catch (const YAML::Exception &error) {
        return failure(ErrorKind::BadInput, u"%1: %2"_s.arg(path, QString::fromStdString(error.what())));
    }
}

} // namespace cockpit::lab
