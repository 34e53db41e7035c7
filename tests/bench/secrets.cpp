// What the script secretspeers measures: the program's own ways of searching for secrets (scanTree, scanHistory), one a
// run, its figures as one line of JSON. Archives, places and names are looked at as in the program; reports are not
// written.
#include "checks/secrets/fingerprintkey.h"
#include "checks/secrets/historyscan.h"
#include "checks/secrets/treescan.h"
#include "tests/lab/leakyrepository.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QStandardPaths>
#include <QTextStream>

#include <sys/resource.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr int kUsage = 2;

// Of all threads since the start: tells more than the clock on a machine that others load.
double processorSeconds()
{
    struct rusage usage
    {
    };
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peakMemoryMiB()
{
    struct rusage usage
    {
    };
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

void print(const QJsonObject &figures)
{
    QTextStream(stdout) << QJsonDocument(figures).toJson(QJsonDocument::Compact) << '\n';
}

double secondsOf(const QElapsedTimer &clock)
{
    return static_cast<double>(clock.nsecsElapsed()) / 1e9;
}

QJsonObject shown(const SecretHit &hit)
{
    return {{u"rule"_s, hit.rule->id},
            {u"line"_s, hit.line},
            {u"offset"_s, hit.offset},
            {u"length"_s, hit.length},
            {u"fingerprint"_s, QString::fromLatin1(hit.fingerprint)},
            {u"public"_s, hit.kind == LeakKind::PublicByDesign}};
}

struct Bench
{
    std::shared_ptr<const PatternSet> patterns;
    ScanSettings settings;
    double rulesSeconds = 0;
    double startSeconds = 0; // with them
    bool showsHits = false;

    QJsonObject figures(double seconds, qint64 bytes, qsizetype hits) const
    {
        return {{u"rulesSeconds"_s, rulesSeconds},
                {u"startSeconds"_s, startSeconds},
                {u"seconds"_s, seconds},
                {u"processorSeconds"_s, processorSeconds()},
                {u"bytes"_s, bytes},
                {u"hits"_s, static_cast<qint64>(hits)},
                {u"peakMiB"_s, peakMemoryMiB()}};
    }

    int tree(const QString &root) const
    {
        QElapsedTimer clock;
        clock.start();
        TreeProgress progress;
        const auto scan = scanTree(root, patterns, settings, progress);
        if (!scan)
            return kUsage;
        QJsonObject all = figures(secondsOf(clock), scan->bytes, static_cast<qsizetype>(scan->found.size()));
        all.insert(u"files"_s, scan->walk.files);
        QJsonArray found;
        for (const FoundSecret &each : scan->found) {
            QJsonObject hit = shown(each.hit);
            hit.insert(u"path"_s, shownPath(each.path));
            found.append(hit);
        }
        if (showsHits)
            all.insert(u"found"_s, found);
        print(all);
        return 0;
    }

    // Makes the repository there, and says how much of what was planted is found.
    int leaky(const QStringList &arguments) const
    {
        const QString &place = arguments[2];
        const lab::LeakySettings chosen{.folder = place,
                                        .commits = arguments.value(3, u"300"_s).toInt(),
                                        .bytes = arguments.value(4, u"4"_s).toLongLong() << 20,
                                        .firstWrapping = arguments.value(5).toUInt()};
        const auto made = lab::makeLeakyRepository(chosen, patterns->rules());
        if (!made) {
            QTextStream(stderr) << made.error().message << made.error().detail << '\n';
            return kUsage;
        }
        const auto score = lab::scoreOf(*made, place, patterns);
        if (!score)
            return kUsage;
        QTextStream err(stderr);
        for (const QByteArray &what : score->missed)
            err << "missed: " << what << '\n';
        for (const QByteArray &what : score->mistaken)
            err << "no secret: " << what << '\n';
        print({{u"planted"_s, score->planted},
               {u"lookAlikes"_s, made->lookAlikes},
               {u"bytes"_s, made->bytes},
               {u"hits"_s, score->hits},
               {u"recall"_s, score->recall()},
               {u"precision"_s, score->precision()}});
        return 0;
    }

    int history(const QString &place) const
    {
        QElapsedTimer clock;
        clock.start();
        const auto repository = GitRepository::open(place);
        if (!repository)
            return kUsage;
        const auto walk = BlobWalk::history(*repository, settings.token);
        if (!walk)
            return kUsage;
        HistoryProgress progress;
        const auto scan = scanHistory(*repository, *walk, patterns, settings, progress);
        if (!scan)
            return kUsage;
        QJsonObject all = figures(secondsOf(clock), scan->counts.bytes, static_cast<qsizetype>(scan->found.size()));
        all.insert(u"objects"_s, scan->counts.objects);
        all.insert(u"commits"_s, scan->commits);
        QJsonArray found;
        for (const FoundSecret &each : scan->found) {
            QJsonObject hit = shown(each.hit);
            hit.insert(u"path"_s, shownPath(each.path));
            hit.insert(u"blob"_s, QString::fromLatin1(each.history->object));
            hit.insert(u"kind"_s, static_cast<int>(each.history->kind));
            found.append(hit);
        }
        if (showsHits)
            all.insert(u"found"_s, found);
        print(all);
        return 0;
    }
};

// As ripgrep takes them with -f: one a line, and no backslash before what has no meaning.
void printPatterns(const std::vector<LeakRule> &rules)
{
    QTextStream out(stdout);
    for (const LeakRule &rule : rules) {
        QByteArray pattern;
        for (qsizetype i = 0; i < rule.pattern.size(); ++i) {
            const bool isIdle = rule.pattern[i] == '\\' && i + 1 < rule.pattern.size() &&
                                QByteArrayView("\"'/:=@<>!%,;_").contains(rule.pattern[i + 1]);
            if (!isIdle)
                pattern += rule.pattern[i];
            if (rule.pattern[i] == '\\')
                pattern += rule.pattern[++i];
        }
        out << (rule.isCaseless ? "(?i:" : "(?:") << pattern << ")\n";
    }
}

void printKeywords(const std::vector<LeakRule> &rules)
{
    QSet<QByteArray> keywords;
    for (const LeakRule &rule : rules)
        keywords.unite({rule.keywords.begin(), rule.keywords.end()});
    QTextStream out(stdout);
    for (const QByteArray &keyword : std::as_const(keywords))
        out << keyword << '\n';
}

// Which patterns make the search slow: each by itself over a file, without its keywords.
int costs(std::vector<LeakRule> rules, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return kUsage;
    const QByteArray bytes = file.read(qint64(PatternSet::kLargestText));
    QTextStream out(stdout);
    for (LeakRule &rule : rules) {
        rule.keywords.clear();
        const auto set = PatternSet::compile({rule});
        if (!set)
            continue;
        const auto room = (*set)->makeRoom();
        std::vector<PatternMatch> found;
        QElapsedTimer clock;
        clock.start();
        if (!(*set)->search({bytes.constData(), static_cast<size_t>(bytes.size())}, **room, found, 1U << 20))
            continue;
        out << secondsOf(clock) << '\t' << found.size() << '\t' << rule.id << '\n';
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    QElapsedTimer clock;
    clock.start();
    auto rules = loadLeakRules();
    if (!rules || arguments.size() < 2)
        return kUsage;
    const QString mode = arguments[1];
    const QString place = arguments.value(2);
    if (mode == "patterns"_L1) {
        printPatterns(*rules);
        return 0;
    }
    if (mode == "keywords"_L1) {
        printKeywords(*rules);
        return 0;
    }
    if (mode == "costs"_L1)
        return costs(std::move(*rules), place);
    Bench bench;
    const QString cache = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
    bench.settings.key = fingerprintKeyIn(cache).bytes;
    const double readSeconds = secondsOf(clock);
    auto patterns = PatternSet::compile(std::move(*rules), {cache, bench.settings.key});
    if (!patterns)
        return kUsage;
    bench.patterns = *patterns;
    bench.startSeconds = secondsOf(clock);
    bench.rulesSeconds = readSeconds;
    bench.showsHits = arguments.contains("--found"_L1);
    if (const qsizetype at = arguments.indexOf("--threads"_L1); at >= 0)
        bench.settings.threads = arguments.value(at + 1).toUInt();
    if (mode == "leaky"_L1)
        return bench.leaky(arguments);
    return mode == "history"_L1 ? bench.history(place) : bench.tree(place);
}
