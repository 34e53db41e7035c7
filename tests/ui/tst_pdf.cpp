#include "tests/lab/sanitized.h"
#include "tests/models/handoverfixtures.h"
#include "ui/pdf/handoverpages.h"
#include "ui/pdf/handoverpdf.h"
#include "ui/pdf/libqpdf.h"

#include <QDir>
#include <QGuiApplication>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QtConcurrent>
#include <QTemporaryDir>
#include <QTest>

#include <qpdf/QPDFOutlineDocumentHelper.hh>

#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

// The finished file, read back by other programs.
class TestPdf : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void isWhole_data() { printRows(); }
    void isWhole();
    void holdsEveryItem_data() { printRows(); }
    void holdsEveryItem();
    void hasTheChosenPageSize_data() { printRows(); }
    void hasTheChosenPageSize();
    void thePaperOfThePlace_data();
    void thePaperOfThePlace();
    void numbersItsPages();
    void leadsFromContentsAndBookmarksToTheSections();
    void declaresTitleAndLanguage();
    void leavesOutTheEvidence();
    void survivesHostileText_data();
    void survivesHostileText();
    void staysInsideItsMargins_data();
    void staysInsideItsMargins();
    void fillsItsPages_data() { printRows(); }
    void fillsItsPages();
    void saysWhyItCouldNotWrite_data();
    void saysWhyItCouldNotWrite();
    void leavesTheOldFileWhenTheDiskIsFull();
    void leavesAPipeInItsPlace();
    void stops();
    void drawsPreviewsOffTheGuiThread();

private:
    void printRows();
    QString print(std::size_t roadmap, PageSize size);

    QTemporaryDir m_dir;
    std::vector<Roadmap> m_roadmaps;
};

namespace {

QString outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished(60000);
    return QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError());
}

// Without blanks, hyphens and line ends: a wrapped line reads like an unwrapped one.
QString squeezed(QString text)
{
    static const QRegularExpression blanks(u"[\\s\\x{00AD}\\x{2028}]+"_s);
    return text.remove(blanks);
}

QString textOfFile(const QString &path)
{
    return outputOf(u"pdftotext"_s, {u"-layout"_s, path, u"-"_s});
}

HandoverDocument documentWith(const QString &text)
{
    HandoverDocument document;
    document.title = text.left(300);
    document.productName = text;
    document.domain = text;
    document.roadmapTitle = text;
    document.preparedAt = QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    document.verdict.reasons = {text, text, text};
    document.verdictMeaning = text;
    document.coverFacts = {{text, text}, {u"24"_s, text}};
    Section section{u"one"_s, text.left(500), {}, Completeness::Complete, 0};
    section.blocks = {Paragraph{text, false},
                      Paragraph{text, false, text.left(200)},
                      Heading{text.left(500), 2},
                      StatusLine{ItemState::Problem, text, text, text.left(500)},
                      Table{{text.left(200), u"b"_s}, {{text, text}, {u"x"_s, text}}, {}},
                      CodeBlock{text.left(500), text},
                      LatencyChart{text, {}, 500, document.preparedAt, document.preparedAt},
                      UptimeStrip{text, {}, std::chrono::seconds(60), document.preparedAt, document.preparedAt}};
    document.sections = {section};
    return document;
}

} // namespace

void TestPdf::initTestCase()
{
    for (const QString &tool : {u"qpdf"_s, u"pdftotext"_s, u"pdfinfo"_s})
        QVERIFY2(!QStandardPaths::findExecutable(tool).isEmpty(), qPrintable(tool));
    m_roadmaps = loadRoadmaps().value();
}

void TestPdf::printRows()
{
    QTest::addColumn<std::size_t>("roadmap");
    QTest::addColumn<PageSize>("size");
    for (std::size_t i = 0; i < m_roadmaps.size(); ++i) {
        QTest::newRow(qPrintable(m_roadmaps[i].id + u", A4"_s)) << i << PageSize::A4;
        QTest::newRow(qPrintable(m_roadmaps[i].id + u", Letter"_s)) << i << PageSize::Letter;
    }
}

// Printed once for each roadmap and size, and kept for the other tests.
QString TestPdf::print(std::size_t roadmap, PageSize size)
{
    const QString path = m_dir.filePath(u"%1-%2.pdf"_s.arg(roadmap).arg(static_cast<int>(size)));
    if (QFile::exists(path))
        return path;
    const HandoverDocument document = buildHandover(test::richInput(m_roadmaps[roadmap]));
    const Result<void> written = writeHandoverPdf(document, path, {.pageSize = size});
    return written ? path : QString();
}

void TestPdf::isWhole()
{
    QFETCH(std::size_t, roadmap);
    QFETCH(PageSize, size);
    QProcess qpdf;
    qpdf.start(u"qpdf"_s, {u"--check"_s, print(roadmap, size)});
    QVERIFY(qpdf.waitForFinished(60000));
    QVERIFY2(qpdf.exitCode() == 0, (qpdf.readAllStandardOutput() + qpdf.readAllStandardError()).constData());
}

void TestPdf::holdsEveryItem()
{
    QFETCH(std::size_t, roadmap);
    QFETCH(PageSize, size);
    const QString text = squeezed(outputOf(u"pdftotext"_s, {u"-raw"_s, print(roadmap, size), u"-"_s}));
    for (const Item *item : m_roadmaps[roadmap].items()) {
        const QString start = squeezed(item->text.left(40));
        QVERIFY2(text.contains(start), qPrintable(item->id + u": "_s + start));
    }
    QVERIFY(!text.contains(test::kPlantedSecret));
    QVERIFY(!text.contains(test::kPlantedSecret.mid(12)));
}

void TestPdf::thePaperOfThePlace_data()
{
    QTest::addColumn<QString>("locale");
    QTest::addColumn<PageSize>("size");
    QTest::newRow("United States") << u"en_US"_s << PageSize::Letter;
    QTest::newRow("United Kingdom, miles and A4") << u"en_GB"_s << PageSize::A4;
    QTest::newRow("Germany") << u"de_DE"_s << PageSize::A4;
    QTest::newRow("none") << u"C"_s << PageSize::A4;
}

void TestPdf::thePaperOfThePlace()
{
    QFETCH(QString, locale);
    QTEST(usualPageSize(QLocale(locale)), "size");
}

void TestPdf::hasTheChosenPageSize()
{
    QFETCH(std::size_t, roadmap);
    QFETCH(PageSize, size);
    const QString facts = outputOf(u"pdfinfo"_s, {print(roadmap, size)});
    QVERIFY2(facts.contains(size == PageSize::A4 ? u"595 x 842 pts"_s : u"612 x 792 pts"_s), qPrintable(facts));
    QVERIFY(facts.contains(u"Example Ops: launch handover"_s));
}

void TestPdf::numbersItsPages()
{
    const QString text = textOfFile(print(0, PageSize::A4));
    const qsizetype pages = text.count(u'\f');
    QVERIFY(pages > 10);
    for (qsizetype page = 2; page <= pages; ++page)
        QVERIFY2(text.contains(u"EXAMPLE OPS · 1 MARCH 2026 · PAGE %1 OF %2"_s.arg(page).arg(pages)),
                 qPrintable(QString::number(page)));
}

void TestPdf::leadsFromContentsAndBookmarksToTheSections()
{
    const HandoverDocument document = buildHandover(test::richInput(m_roadmaps[0]));
    const QStringList pageTexts = textOfFile(print(0, PageSize::A4)).split(u'\f');
    QPDF pdf;
    pdf.processFile(qPrintable(print(0, PageSize::A4)));
    std::vector<QPDFPageObjectHelper> pages = QPDFPageDocumentHelper(pdf).getAllPages();
    const auto textOf = [&](QPDFObjectHandle destination) {
        const auto page = std::ranges::find_if(pages, [&](QPDFPageObjectHelper &candidate) {
            return candidate.getObjectHandle().getObjGen() == destination.getArrayItem(0).getObjGen();
        });
        return squeezed(pageTexts.value(static_cast<qsizetype>(page - pages.begin())));
    };

    std::vector<QPDFOutlineObjectHelper> bookmarks = QPDFOutlineDocumentHelper(pdf).getTopLevelOutlines();
    QCOMPARE(bookmarks.size(), document.sections.size());
    for (std::size_t i = 0; i < bookmarks.size(); ++i) {
        QCOMPARE(QString::fromStdString(bookmarks[i].getTitle()), document.sections[i].title);
        QVERIFY(textOf(bookmarks[i].getDest()).contains(squeezed(document.sections[i].title)));
    }

    QPDFObjectHandle links = pages[1].getObjectHandle().getKey("/Annots");
    QCOMPARE(static_cast<std::size_t>(links.getArrayNItems()), document.sections.size());
    for (int i = 0; i < links.getArrayNItems(); ++i) {
        QPDFObjectHandle destination = links.getArrayItem(i).getKey("/A").getKey("/D");
        QVERIFY(textOf(destination).contains(squeezed(document.sections[static_cast<std::size_t>(i)].title)));
    }
}

void TestPdf::declaresTitleAndLanguage()
{
    QPDF pdf;
    pdf.processFile(qPrintable(print(0, PageSize::A4)));
    QPDFObjectHandle root = pdf.getRoot();
    QCOMPARE(root.getKey("/Lang").getUTF8Value(), std::string("en"));
    QVERIFY(root.getKey("/ViewerPreferences").getKey("/DisplayDocTitle").getBoolValue());
    const std::shared_ptr<Buffer> xmp = root.getKey("/Metadata").getStreamData();
    const QByteArray xml(reinterpret_cast<const char *>(xmp->getBuffer()), static_cast<qsizetype>(xmp->getSize()));
    QVERIFY(xml.contains("Example Ops: launch handover"));
    const QString fonts = outputOf(u"pdffonts"_s, {print(0, PageSize::A4)});
    const QStringList lines = fonts.split(u'\n', Qt::SkipEmptyParts).mid(2);
    QVERIFY(!lines.isEmpty());
    for (const QString &line : lines)
        QVERIFY2(line.contains(u" yes "_s), qPrintable(line)); // embedded
}

void TestPdf::leavesOutTheEvidence()
{
    const HandoverDocument document = buildHandover(test::richInput(m_roadmaps[0]));
    const QString path = m_dir.filePath(u"short.pdf"_s);
    QVERIFY(writeHandoverPdf(document, path, {.withEvidence = false}));
    QVERIFY(!textOfFile(path).contains(u"GET https://app.example.com/api/me"_s));
    QVERIFY(textOfFile(print(0, PageSize::A4)).contains(u"GET https://app.example.com/api/me"_s));
}

void TestPdf::survivesHostileText_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("one endless word") << QString(100000, u'w');
    QTest::newRow("100 kB of words") << u"evidence "_s.repeated(11000);
    QTest::newRow("only line ends") << QString(3000, u'\n');
    QTest::newRow("control characters") << u"a\u0000b\u0007c\u001b[31md\u009be\r\n\tf"_s.repeated(20);
    QTest::newRow("right to left") << u"שלום עולם مرحبا بالعالم "_s.repeated(50);
    QTest::newRow("direction overrides") << u"safe\u202Egnp.exe\u2066x\u2069"_s.repeated(50);
    QTest::newRow("emoji") << u"🚀👩‍👩‍👧‍👦🏳️‍🌈"_s.repeated(200);
    QTest::newRow("lone surrogates") << QString(QChar(0xD83D)).repeated(100) + QChar(0xDC00);
    QTest::newRow("stacked marks") << (u"e"_s + QString(200, QChar(0x0301))).repeated(20);
    QTest::newRow("markup") << u"<b>x</b> %1 %n (\\) /Title << >> endobj "_s.repeated(50);
}

void TestPdf::survivesHostileText()
{
    QFETCH(QString, text);
    const QString path = m_dir.filePath(u"hostile.pdf"_s);
    // The work is measured, not the clock: a busy machine is no fault of the text.
    const std::clock_t start = std::clock();
    const Result<void> written = writeHandoverPdf(documentWith(text), path);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    QVERIFY2(written.has_value(), written ? "" : qPrintable(written.error().detail));
    QVERIFY2(seconds < 20 * lab::kSlowdown, qPrintable(QString::number(seconds)));
    QProcess qpdf;
    qpdf.start(u"qpdf"_s, {u"--check"_s, path});
    QVERIFY(qpdf.waitForFinished(60000));
    QCOMPARE(qpdf.exitCode(), 0);
}

void TestPdf::staysInsideItsMargins_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<PageSize>("size");
    const std::map<const char *, QString> texts{
        {"one endless word", QString(20000, u'W') + u" word "_s.repeated(2000)},
        {"long host names", (QString(60, u'a') + u'.').repeated(4).append(u"example "_s).repeated(40)},
        {"right to left", u"שלום עולם مرحبا بالعالم "_s.repeated(300) + QString(4000, QChar(0x05D0))},
        {"emoji", u"🚀👩‍👩‍👧‍👦🏳️‍🌈"_s.repeated(400)}};
    for (const auto &[name, text] : texts) {
        QTest::addRow("%s, A4", name) << text << PageSize::A4;
        QTest::addRow("%s, Letter", name) << text << PageSize::Letter;
    }
}

void TestPdf::staysInsideItsMargins()
{
    QFETCH(QString, text);
    QFETCH(PageSize, size);
    const print::HandoverPages pages(documentWith(text), size);
    QVERIFY(pages.count() > 2);
    constexpr int kWidth = 300;
    for (int page = 0; page < pages.count(); page += 3) {
        const QImage image = pages.image(page, kWidth);
        const int margin = kWidth * 40 / 595; // the margin is 56 points; some strokes are a hair wider than their box
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < kWidth; ++x)
                if (x < margin || x >= kWidth - margin || y >= image.height() - margin)
                    QVERIFY2(image.pixel(x, y) == 0xffffffff, qPrintable(u"page %1, %2 %3"_s.arg(page).arg(x).arg(y)));
    }
}

// Sections follow one another: no page but the last is mostly paper.
void TestPdf::fillsItsPages()
{
    QFETCH(std::size_t, roadmap);
    QFETCH(PageSize, size);
    const print::HandoverPages pages(buildHandover(test::richInput(m_roadmaps[roadmap])), size);
    for (int page = 1; page + 1 < pages.count(); ++page) {
        const QImage image = pages.image(page, 200);
        int lowest = image.height() - 1;
        const auto isBlank = [&image](int y) {
            for (int x = 0; x < image.width(); ++x)
                if (image.pixel(x, y) != 0xffffffff)
                    return false;
            return true;
        };
        while (lowest > 0 && isBlank(lowest))
            --lowest;
        QVERIFY2(lowest > image.height() * 0.6, qPrintable(u"page %1 of %2"_s.arg(page + 1).arg(pages.count())));
    }
}

void TestPdf::saysWhyItCouldNotWrite_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("a folder") << m_dir.path();
    QTest::newRow("no such folder") << m_dir.filePath(u"none/x.pdf"_s);
    QTest::newRow("nothing can be written there") << u"/proc/x.pdf"_s;
}

void TestPdf::saysWhyItCouldNotWrite()
{
    QFETCH(QString, path);
    const Result<void> written = writeHandoverPdf(documentWith(u"x"_s), path);
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::NotPermitted);
    QVERIFY(written.error().message.contains(QDir::toNativeSeparators(path)));
}

void TestPdf::leavesTheOldFileWhenTheDiskIsFull()
{
    const QString path = m_dir.filePath(u"old.pdf"_s);
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    const HandoverDocument document = buildHandover(test::richInput(m_roadmaps[0]));

    std::signal(SIGXFSZ, SIG_IGN);
    rlimit original = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &original), 0);
    const rlimit small{4096, original.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const Result<void> written = writeHandoverPdf(document, path);
    ::setrlimit(RLIMIT_FSIZE, &original);

    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Storage);
    QVERIFY(old.open(QIODevice::ReadOnly));
    QCOMPARE(old.readAll(), QByteArray("old"));
    QCOMPARE(QDir(m_dir.path()).entryList({u"old.pdf*"_s}), QStringList{u"old.pdf"_s});
}

void TestPdf::leavesAPipeInItsPlace()
{
    const QString path = m_dir.filePath(u"pack.pipe"_s);
    const QByteArray name = QFile::encodeName(path);
    QCOMPARE(::mkfifo(name.constData(), 0600), 0);
    const int reader = ::open(name.constData(), O_RDONLY | O_NONBLOCK);
    QVERIFY(::fcntl(reader, F_SETPIPE_SZ, 1024 * 1024) > 0); // room for all of it
    QVERIFY(writeHandoverPdf(documentWith(u"x"_s), path));
    QByteArray start(5, ' ');
    QCOMPARE(::read(reader, start.data(), 5), ssize_t(5));
    ::close(reader);
    QCOMPARE(start, QByteArray("%PDF-"));
    QVERIFY(!QFileInfo(path).isFile());
}

void TestPdf::stops()
{
    const QString path = m_dir.filePath(u"stopped.pdf"_s);
    int asked = 0;
    const Result<void> written =
        writeHandoverPdf(documentWith(u"x"_s), path, {}, [&](int, int) { return ++asked < 2; });
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Cancelled);
    QCOMPARE(asked, 2);
    QVERIFY(!QFile::exists(path));
}

void TestPdf::drawsPreviewsOffTheGuiThread()
{
    const HandoverDocument document = buildHandover(test::richInput(m_roadmaps[0]));
    QFuture<QImage> future =
        QtConcurrent::run([document] { return print::HandoverPages(document, PageSize::A4).image(2, 420); });
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 20000);
    const QImage image = future.result();
    QCOMPARE(image.width(), 420);
    QCOMPARE(image.height(), 594);
    QVERIFY(image != QImage(image.size(), image.format()));
}

QTEST_MAIN(TestPdf)
#include "tst_pdf.moc"
