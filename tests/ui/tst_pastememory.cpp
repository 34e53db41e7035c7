// What was pasted is nowhere in the program's memory once the field has forgotten it.
#include "pictures.h"
#include "tests/lab/ownmemory.h"

#include "models/freedmemory.h"
#include "models/secret.h"
#include "models/wipedtext.h"
#include "tests/lab/sanitized.h"
#include "ui/widgets/pastefield.h"

#include <QApplication>
#include <QClipboard>
#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLetters = 40;
constexpr qsizetype kMoreThanIsShown = 4000; // lines

PasteWords words()
{
    return {.objectName = u"field"_s,
            .accessibleName = u"Field"_s,
            .hint = u"Paste."_s,
            .held = u"%1 is held."_s,
            .canUndo = false};
}

// The clipboard belongs to the desktop: off screen it is this process's memory, too, so it is emptied.
void paste(PasteField &field, const MaskedValue &value, qsizetype linesBeside)
{
    WipedCopy secret(value.plain());
    WipedCopy text(u"2026-11-29T10:00:00Z INFO a line of a log that is quite long\n"_s.repeated(linesBeside) +
                   u"2026-11-29T10:00:02Z DEBUG password="_s + *secret + u"\n"_s);
    QApplication::clipboard()->setText(*text);
    field.paste();
    QApplication::clipboard()->clear();
}

} // namespace

class TestPasteMemory : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
#ifndef __GLIBC__
        QSKIP("The system does not overwrite what is given back.");
#endif
        if (lab::kIsSanitized)
            QSKIP("A sanitizer keeps what is given back.");
        wipeFreedMemory();
        m_theme = themeForPictures();
    }

    void nothingIsLeft_data()
    {
        QTest::addColumn<qsizetype>("linesBeside");
        QTest::addColumn<bool>("isRead");
        QTest::newRow("a line, cleared") << qsizetype(0) << false;
        QTest::newRow("a line, read") << qsizetype(0) << true;
        QTest::newRow("some lines, read") << qsizetype(300) << true;
        QTest::newRow("more than is shown, cleared") << kMoreThanIsShown << false;
        QTest::newRow("more than is shown, read") << kMoreThanIsShown << true;
    }

    void nothingIsLeft()
    {
        QFETCH(qsizetype, linesBeside);
        QFETCH(bool, isRead);
        const MaskedValue value(kLetters);
        PasteField field(words());
        field.resize(800, 300);
        field.show();
        QVERIFY(QTest::qWaitForWindowExposed(&field));
        paste(field, value, linesBeside);
        QCOMPARE(field.holdsUnseen(), linesBeside == kMoreThanIsShown);
        QVERIFY(!field.grab().isNull()); // it is drawn
        QVERIFY(countInOwnMemory(value) > 0);
        if (isRead) {
            const Secret read(field.text());
            field.forget();
            QVERIFY(countInOwnMemory(value) > 0); // the reader has it
        } else {
            field.forget();
        }
        QApplication::processEvents();
        wipeCachedBlocks();
        QCOMPARE(countInOwnMemory(value), 0);
    }

    void theClipboardStaysAsItIs()
    {
        PasteField field(words());
        QApplication::clipboard()->setText(u"a line of a log"_s);
        field.paste();
        QVERIFY(field.hasText());
        field.forget();
        QCOMPARE(QApplication::clipboard()->text(), u"a line of a log"_s);
    }

    void undoBringsNothingBack()
    {
        PasteField field(words());
        field.insertPlainText(u"a line of a log"_s);
        field.selectAll();
        field.cut();
        QVERIFY(!field.document()->isUndoAvailable());
        field.undo();
        QVERIFY(!field.hasText());
    }

private:
    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestPasteMemory)
#include "tst_pastememory.moc"
