#include "tests/app/plantedtraces.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSet>

#include <cstring>
#include <random>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QByteArray stripeKey(unsigned seed)
{
    return "sk_" + QByteArray("live_") + noiseOf(32, seed);
}

} // namespace

QByteArray noiseOf(qsizetype count, unsigned seed)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::mt19937 random(seed);
    QByteArray text;
    while (text.size() < count)
        text += alphabet[random() % alphabet.size()];
    return text;
}

bool runIn(const QString &folder, const QString &command)
{
    QProcess shell;
    shell.setWorkingDirectory(folder);
    shell.start(u"sh"_s, {u"-c"_s, command});
    return shell.waitForFinished() && shell.exitCode() == 0;
}

QByteArray everythingKept(const BuiltProgram &program)
{
    QByteArray all;
    QDirIterator files(program.path({}), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            all += file.fileName().toUtf8() + '\n' + file.readAll() + '\n';
    }
    return all;
}

void Pieces::add(const QByteArray &piece)
{
    m_pieces.push_back(piece);
    m_mayBegin[slotOf(piece.constData())] = true;
}

std::vector<size_t> Pieces::in(QByteArrayView bytes) const
{
    std::vector<size_t> found;
    for (qsizetype at = 0; at + kBytes <= bytes.size(); ++at) {
        if (!m_mayBegin[slotOf(bytes.data() + at)])
            continue;
        for (size_t number = 0; number < m_pieces.size(); ++number) {
            if (std::memcmp(m_pieces[number].constData(), bytes.data() + at, kBytes) == 0)
                found.push_back(number);
        }
    }
    return found;
}

size_t Pieces::slotOf(const char *bytes)
{
    quint32 word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return (word * 2654435761U) >> 16;
}

QByteArray PlantedTraces::line(unsigned seed, const QByteArray &place)
{
    // What tells of a value, and of no other: its middle. The ends may be shown.
    const QByteArray piece = stripeKey(seed).sliced(12, Pieces::kBytes);
    m_pieces.add(piece);
    m_places.push_back(place);
    // As text of Qt, two bytes a character.
    QByteArray wide;
    for (const char c : piece.first(Pieces::kBytes / 2))
        wide.append(c).append('\0');
    m_pieces.add(wide);
    m_places.push_back(place + ", in UTF-16");
    ++m_planted;
    return "const key = '" + stripeKey(seed) + "';\n";
}

bool PlantedTraces::plant()
{
    plantInGit();
    plantInTree();
    const bool isPacked = plantInArchives();
    m_git.git({u"add"_s, u"-A"_s});
    return isPacked;
}

void PlantedTraces::plantInTree()
{
    // So many that the report is longer than a pipe holds.
    for (unsigned seed = 1000; seed < 1150; ++seed)
        m_git.write(u"src/file%1.js"_s.arg(seed), line(seed, "a file"));
    m_git.write(u"large.txt"_s, noiseOf(3'000'000, 1) + "\n" + line(1, "a large file") + noiseOf(3'000'000, 2));
    QByteArray wide("\xff\xfe");
    for (const char c : line(2, "UTF-16"))
        wide.append(c).append('\0');
    m_git.write(u"wide.txt"_s, wide);
    m_git.write(u"encoded.txt"_s, "x " + line(3, "base64").toBase64() + "\n");
    QByteArray escaped;
    for (const char c : line(4, "escapes"))
        escaped += "\\x" + QByteArray(1, c).toHex();
    m_git.write(u"escaped.js"_s, escaped);
    m_git.write(u"remark.js"_s, line(5, "a remark").trimmed() + " // launch-cockpit:allow as " + stripeKey(5) + "\n");
    m_git.write(QString::fromLatin1(line(6, "the name of a folder").split('\'')[1]) + u"/key.js"_s,
                line(7, "a file in a folder that is called after a key"));
}

bool PlantedTraces::plantInArchives()
{
    const QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    const bool isPacked =
        write(u"index.js"_s, noiseOf(200'000, 3) + "\n" + line(20, "an app package")) &&
        runIn(folder.path(), u"python3 -m zipfile -c app.apk index.js"_s) &&
        write(u"inner.js"_s, line(21, "an archive in an archive")) &&
        runIn(folder.path(), u"tar czf inner.tgz inner.js && tar czf outer.tgz inner.tgz app.apk"_s) &&
        write(u"build.log"_s, noiseOf(400'000, 4) + "\n" + line(22, "a packed log")) &&
        runIn(folder.path(), u"gzip build.log"_s);
    for (const QString &name : {u"app.apk"_s, u"outer.tgz"_s, u"build.log.gz"_s}) {
        if (!isPacked || !QFile::copy(folder.filePath(name), m_git.path(name)))
            return false;
    }
    return true;
}

void PlantedTraces::plantInGit()
{
    const auto key = [this](unsigned seed, const QByteArray &place) {
        return QString::fromLatin1(line(seed, place).split('\'')[1]);
    };
    m_git.init();
    m_git.write(u"old.js"_s, line(40, "a packed version"));
    m_git.write(u"larger.txt"_s, noiseOf(2'000'000, 5) + "\n" + line(41, "a packed version"));
    m_git.commitAll(QString::fromLatin1("say\n\n" + line(42, "the message of a commit")));
    m_git.git({u"rm"_s, u"-q"_s, u"old.js"_s, u"larger.txt"_s});
    m_git.commitAll(u"remove"_s);
    m_git.git({u"gc"_s, u"-q"_s});
    m_git.write(u"loose.js"_s, line(43, "a loose version"));
    m_git.commitAll(u"loose"_s);
    m_git.git({u"rm"_s, u"-q"_s, u"loose.js"_s});
    m_git.commitAll(u"remove again"_s);
    m_git.git({u"tag"_s, u"-a"_s, u"v1"_s, u"-m"_s, QString::fromLatin1(line(44, "the message of a tag"))});
    m_git.git({u"branch"_s, key(45, "the name of a branch")});
    m_git.git(
        {u"config"_s, u"remote.origin.url"_s, u"https://x:%1@git.example.com/x"_s.arg(key(46, "the configuration"))});
    m_git.write(u"author.js"_s, line(47, "a file"));
    m_git.git({u"add"_s, u"-A"_s});
    m_git.git({u"commit"_s, u"-q"_s, u"-m"_s, u"author"_s, u"--author"_s,
               u"%1 <a@example.com>"_s.arg(key(48, "the name of an author"))});
}

std::vector<QByteArray> PlantedTraces::placesIn(QByteArrayView bytes) const
{
    std::vector<QByteArray> places;
    for (const size_t number : m_pieces.in(bytes))
        places.push_back(m_places[number]);
    return places;
}

QByteArray PlantedTraces::leftIn(QByteArrayView bytes) const
{
    const std::vector<QByteArray> places = placesIn(bytes);
    const QSet<QByteArray> left(places.begin(), places.end());
    return left.isEmpty() ? QByteArray() : "It has what was planted in " + left.values().join(", ");
}

} // namespace cockpit
