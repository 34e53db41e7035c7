// What the tests of the record page share: a product whose records are read by services that the test writes.
#pragma once

#include "fakeproject.h"
#include "models/dmarcplan.h"
#include "models/dmarcreminders.h"
#include "ui/records/differencelabel.h"
#include "ui/records/draftcard.h"
#include "ui/records/plancard.h"
#include "ui/records/recordspage.h"
#include "ui/records/waitingcard.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/codebox.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"

#include <atomic>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTimer>
#include <stdexcept>

namespace cockpit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace cockpit::testing;

// What the services answer, and what they were asked.
struct World
{
    RecordsToday today{.domain = u"made.example"_s,
                       .spf = {u"v=spf1 include:_spf.google.com ~all"_s},
                       .dmarc = {},
                       .spfDomains = {u"_spf.google.com"_s},
                       .dnsHost = u"cloudflare"_s};
    std::atomic_bool fails = false;
    std::atomic_bool throws = false;
    std::atomic_bool lookFails = false;
    std::atomic_bool holdsBudget = false; // counts until it is stopped
    std::atomic_int names = 0;            // that were looked at
    std::atomic_int counts = 0;
    std::atomic_int countsStopped = 0;
    std::atomic_int reads = 0;
    std::atomic_int looks = 0;
    std::atomic_int serversWithIt = 0; // of two
};

inline RecordDraft drafted(RecordKind kind, const QString &name, const QStringList &today, const QString &corrected)
{
    return {.kind = kind, .domain = u"made.example"_s, .name = name, .today = today, .corrected = corrected};
}

inline RecordServices servicesOf(World &world)
{
    RecordServices services;
    services.read = [&world](const QString &, const NetOptions &, const CancelToken &) -> Result<RecordsToday> {
        ++world.reads;
        if (world.throws)
            throw std::runtime_error("out of sockets");
        if (world.fails)
            return failure(ErrorKind::TimedOut, u"The name servers do not answer."_s);
        return world.today;
    };
    services.readTexts = [&world](const QString &, const NetOptions &, const CancelToken &) -> Result<NameToday> {
        ++world.names;
        if (world.lookFails)
            return failure(ErrorKind::TimedOut, u"Nobody answers for this name."_s);
        return NameToday{.texts = {u"v=DKIM1; p=old"_s}};
    };
    services.budget = [&world](const QString &, const QString &record, const NetOptions &,
                               const CancelToken &token) -> Result<SpfBudget> {
        ++world.counts;
        while (world.holdsBudget) {
            if (token.waitFor(10ms)) {
                ++world.countsStopped;
                break;
            }
        }
        return SpfBudget{.lookups = static_cast<int>(record.count(u"include:"_s)) * 4,
                         .lines = {{0, u"made.example"_s, 2}, {1, u"_spf.google.com"_s, 3}}};
    };
    services.askOwners = [&world](const WantedRecord &, const NetOptions &,
                                  const CancelToken &) -> Result<std::vector<OwnerAnswer>> {
        ++world.looks;
        std::vector<OwnerAnswer> answers;
        for (int i = 0; i < 2; ++i) {
            answers.push_back({.server = u"ns%1.made.example"_s.arg(i + 1),
                               .address = u"192.0.2.%1:53"_s.arg(i + 1),
                               .state = i < world.serversWithIt ? OwnerState::HasIt : OwnerState::HasNothing});
        }
        return answers;
    };
    services.draftSpf = [](const RecordsToday &today, const SpfWish &wish) {
        QStringList domains = today.spfDomains + wish.add;
        domains.removeIf([&](const QString &domain) { return wish.remove.contains(domain); });
        const QString ending = wish.ending.isEmpty() ? u"~all"_s : wish.ending;
        return drafted(RecordKind::Spf, today.domain, today.spf,
                       u"v=spf1 include:"_s + domains.join(" include:"_L1) + u' ' + ending);
    };
    services.draftDmarc = [](const RecordsToday &today, const DmarcWish &wish) {
        QString text = u"v=DMARC1; p="_s + toWord(wish.policy);
        if (wish.nonexistentPolicy)
            text += u"; np="_s + toWord(*wish.nonexistentPolicy);
        if (wish.isTest)
            text += u"; t=y"_s;
        return drafted(RecordKind::Dmarc, u"_dmarc."_s + today.domain, today.dmarc,
                       text + u"; rua=mailto:"_s + wish.reports.join(",mailto:"_L1));
    };
    services.draftDkim = [](const QString &domain, const NameToday &published, const DkimWish &wish) {
        const QString name = wish.selector.isEmpty() ? QString() : wish.selector + u"._domainkey."_s + domain;
        RecordDraft draft = drafted(RecordKind::Dkim, name, published.texts, wish.pasted);
        if (wish.pasted.isEmpty())
            draft.notes = {{NoteWeight::Problem, u"Paste what your mail provider shows for DKIM."_s}};
        return draft;
    };
    return services;
}

struct Opened
{
    explicit Opened(World &given) : world(given), theme(*qApp, ThemeChoice::Light)
    {
        fake.setRecords(servicesOf(world));
        session = fake.makeSession();
        page = std::make_unique<RecordsPage>(*session, RecordWaiter::Patience{.interval = 20ms, .longest = 60s});
        QSignalSpy opened(session.get(), &Session::projectOpened);
        session->createProject(fake.path(), fake.settings());
        [&] { QTRY_COMPARE(opened.count(), 1); }();
        page->resize(1000, 700);
        page->show();
        page->aboutToShow();
    }

    template<typename T>
    T *find(const QString &name) const
    {
        return page->findChild<T *>(name);
    }
    QString field(const QString &label) const
    {
        const auto boxes = page->findChildren<CodeBox *>(u"field-"_s + label);
        return boxes.isEmpty() ? QString() : boxes.last()->code();
    }
    const RecordDraft &draft() const { return page->findChild<DraftCard *>()->draft(); }
    QString noneToday() const
    {
        const auto labels = page->findChildren<PlainLabel *>(u"noneToday"_s);
        return labels.isEmpty() ? QString() : labels.last()->text();
    }
    void choose(const QString &comboBox, int index) const
    {
        auto *box = find<QComboBox>(comboBox);
        box->setCurrentIndex(index);
        emit box->activated(index);
    }

    World &world;
    FakeProject fake;
    Theme theme;
    std::unique_ptr<Session> session;
    std::unique_ptr<RecordsPage> page;
};

} // namespace cockpit
