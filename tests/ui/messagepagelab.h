// What the tests of the page about a message share: the page over a reader and a sender that the test writes.
#pragma once

#include "pagefixture.h"

#include "ui/message/messagepage.h"
#include "ui/message/storypicture.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/pastefield.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>

#include <QTest>
#include <stdexcept>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace cockpit::testing;

inline const QByteArray kBody = "only-in-the-body-4711";
inline const QByteArray kMessage = "From: a@acme-ops.example\nSubject: x\n\n" + kBody + "\n";
inline const QByteArray kPassword = "smtp-secret-8c1f";

inline SignatureStory signatureOf(const QString &domain, const QString &selector)
{
    SignatureStory signature;
    signature.state = ProofState::Pass;
    signature.verdict = u"pass"_s;
    signature.domain = domain;
    signature.selector = selector;
    signature.algorithm = u"rsa-sha256"_s;
    signature.keyBits = 2048;
    signature.sentence = u"It is genuine."_s;
    signature.alignment = {true, true, true, false};
    return signature;
}

inline MessageStory storyOf(ProofState state)
{
    MessageStory story;
    story.author = u"a@acme-ops.example"_s;
    story.authorDomain = u"acme-ops.example"_s;
    story.spf.state = ProofState::Pass;
    story.spf.result = u"pass"_s;
    story.spf.domain = u"acme-ops.example"_s;
    story.spf.envelopeSender = u"bounce@acme-ops.example"_s;
    story.spf.address = u"192.0.2.5"_s;
    story.spf.addressSource = FactSource::Guessed;
    story.spf.sentence = u"It is listed."_s;
    story.signatures = {signatureOf(u"acme-ops.example"_s, u"fresh1"_s), signatureOf(u"esp.example"_s, u"theirs"_s)};
    story.dmarc.state = story.oldDmarc.state = story.state = state;
    story.dmarc.byDkim = story.oldDmarc.byDkim = true;
    story.dmarc.policy = u"quarantine"_s;
    story.dmarc.sentence = u"It passes by DKIM."_s;
    story.disagreement = u"Receivers differ."_s;
    story.claims = {u"Claimed by the receiver (mx): SPF pass."_s};
    story.headline = u"Receivers can tell that this message really comes from acme-ops.example."_s;
    return story;
}

// Every line of the labels inside has room.
inline bool isWhole(const QWidget &widget)
{
    return std::ranges::all_of(widget.findChildren<QLabel *>(), [&](const QLabel *label) {
        return !label->isVisibleTo(&widget) || label->height() >= label->heightForWidth(label->width());
    });
}

inline bool shows(const QWidget &page, const QString &text)
{
    return std::ranges::any_of(page.findChildren<QLabel *>(), [&](const QLabel *label) {
        return label->isVisibleTo(&page) && label->text().contains(text);
    });
}

class MessagePageLab
{
protected:
    void open();
    void close();
    void showFresh();
    QPushButton *button(const char *name) { return m_page->findChild<QPushButton *>(QString::fromLatin1(name)); }
    void paste(const QByteArray &message);
    void fillAccount();
    void keepPicture(const QString &name);

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_fixture;
    std::unique_ptr<MessagePage> m_page;
    QTemporaryDir m_folder;

    // What the fake services were asked, and what they say. Written by workers, read after their answer came.
    struct Services
    {
        MessageInput asked;
        Result<MessageStory> story = storyOf(ProofState::Pass);
        bool isEndless = false;
        DeliverySetup setup;
        QByteArray password;
        bool throws = false;
        int messages = 0;
        Result<SentMessage> sent = SentMessage{QDateTime::currentDateTimeUtc(), u"feed"_s, u"250 2.0.0 Ok: 4F1A"_s};
    };
    std::shared_ptr<Services> m_services = std::make_shared<Services>();
};

inline void MessagePageLab::open()
{
    m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light);
    m_fixture = std::make_unique<PageFixture>([this](SessionServices &services) {
        services.readMessage = [s = m_services](const MessageInput &input, const NetOptions &,
                                                const CancelToken &token) {
            while (s->isEndless && !token.waitFor(std::chrono::seconds(60))) {
            }
            s->asked = input;
            if (s->throws)
                throw std::runtime_error("A library broke.");
            return token.isCancelled() ? Result<MessageStory>(failure(ErrorKind::Cancelled, u"Stopped."_s)) : s->story;
        };
        services.sendMessage = [s = m_services](const DeliverySetup &setup, const Secret &password, const NetOptions &,
                                                const CancelToken &) {
            ++s->messages;
            s->setup = setup;
            s->password = password.reveal();
            return s->sent;
        };
    });
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
    m_fixture->session->setCredentials({{u"Mail account"_s, {}, u"entry-mail"_s, QDateTime::currentDateTimeUtc(), {}}});
    m_fixture->keychain.values.insert_or_assign(u"entry-mail"_s, Secret(kPassword));
}

inline void MessagePageLab::close()
{
    m_page.reset();
    m_fixture.reset();
}

inline void MessagePageLab::showFresh()
{
    *m_services = Services();
    m_fixture->keychain.isSlow = false;
    m_fixture->keychain.late.clear();
    m_fixture->keychain.values.insert_or_assign(u"entry-mail"_s, Secret(kPassword));
    m_fixture->session->setDelivery({});
    m_fixture->session->setDkimSelectors({});
    m_page = std::make_unique<MessagePage>(*m_fixture->session);
    m_page->resize(1000, 700);
    m_page->show();
    m_page->bringUpToDate();
}

inline void MessagePageLab::paste(const QByteArray &message)
{
    m_page->findChild<PasteField *>()->setPlainText(QString::fromUtf8(message));
    button("readMessage")->click();
    QTRY_VERIFY(!button("stopMessage")->isVisible());
}

inline void MessagePageLab::fillAccount()
{
    const auto type = [this](const char *name, const QString &text) {
        m_page->findChild<QLineEdit *>(QString::fromLatin1(name))->setText(text);
    };
    type("smtpHost", u"smtp.acme-ops.example"_s);
    type("smtpUser", u"product"_s);
    type("smtpFrom", u"hello@acme-ops.example"_s);
    type("smtpTo", u"me@reader.example"_s);
    auto *password = m_page->findChild<QComboBox *>(u"smtpPassword"_s);
    password->setCurrentIndex(password->findText(u"Mail account"_s));
}

// In COCKPIT_SHOTS=<folder>, as tst_pages does.
void MessagePageLab::keepPicture(const QString &name)
{
    if (const QString folder = qEnvironmentVariable("COCKPIT_SHOTS"); !folder.isEmpty())
        QVERIFY(m_page->grab().save(folder + u'/' + name + u".png"_s));
}

} // namespace cockpit
