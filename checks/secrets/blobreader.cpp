// Takes texts out of a walk.
#include "checks/secrets/blobwalkstate.h"
#include "checks/secrets/gitpeople.h"
#include "checks/secrets/largefile.h"
#include "checks/secrets/textform.h"
#include "checks/secrets/treeentries.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace cockpit {

namespace {

// Objects that follow each other in a pack are made of each other, so a reader takes a row of them.
constexpr size_t kObjectsATime = 128;
// Names are handed out this many bytes at a time.
constexpr size_t kNamesATime = size_t(256) << 10;

std::string_view viewOf(const WipedBytes &bytes)
{
    return {bytes.data(), bytes.size()};
}

} // namespace

BlobReader::BlobReader(std::unique_ptr<Place> place) : m_place(std::move(place)) {}
BlobReader::BlobReader(BlobReader &&other) noexcept = default;
BlobReader::~BlobReader() = default;

std::optional<BlobText> BlobReader::Place::nextText()
{
    while (state->nextText < state->texts.size()) {
        const size_t number = state->nextText++;
        if (number >= state->texts.size() || state->texts[number].bytes.empty())
            continue;
        const SideText &text = state->texts[number];
        const auto size = static_cast<qsizetype>(text.bytes.size());
        state->bytes += size;
        return BlobText{.bytes = QByteArrayView(text.bytes.data(), size), .kind = text.kind};
    }
    return std::nullopt;
}

std::optional<BlobText> BlobReader::Place::takeNames()
{
    if (names.empty())
        return std::nullopt;
    namesOut = std::exchange(names, {});
    return BlobText{.bytes = QByteArrayView(namesOut.data(), static_cast<qsizetype>(namesOut.size())),
                    .kind = BlobKind::EntryNames};
}

// Of the folder at hand.
void BlobReader::Place::noteNames()
{
    const QByteArrayView bytes(static_cast<const char *>(git_odb_object_data(object.get())),
                               static_cast<qsizetype>(git_odb_object_size(object.get())));
    const std::lock_guard held(state->namesLock);
    forEachTreeEntry(bytes, [this](const TreeEntry &entry) {
        const std::string_view name(entry.name.data(), static_cast<size_t>(entry.name.size()));
        if (!state->namesSeen.insert(std::hash<std::string_view>()(name)).second)
            return;
        names.append(name);
        names += '\0';
    });
}

std::optional<BlobText> BlobReader::Place::takePerson()
{
    if (people.empty())
        return std::nullopt;
    Person person = std::move(people.back());
    people.pop_back();
    personOut = std::move(person.text);
    return BlobText{.id = person.object,
                    .bytes = QByteArrayView(personOut.data(), static_cast<qsizetype>(personOut.size())),
                    .kind = person.role};
}

// Of the commit or tag at hand. Histories have many commits by few people.
void BlobReader::Place::notePeople(const QByteArray &id)
{
    const QByteArrayView bytes(static_cast<const char *>(git_odb_object_data(object.get())),
                               static_cast<qsizetype>(git_odb_object_size(object.get())));
    const std::lock_guard held(state->peopleLock);
    forEachPerson(bytes, [&](BlobKind role, QByteArrayView text) {
        const std::string_view known(text.data(), static_cast<size_t>(text.size()));
        if (state->peopleSeen.insert(std::hash<std::string_view>()(known)).second)
            people.push_back({id, role, WipedBytes(known)});
    });
}

// False when cancelled. Who has room has it for what else belongs to the text at hand.
bool BlobReader::Place::waitForRoom()
{
    if (large.owns_lock())
        return true;
    large = std::unique_lock(state->largeBlob, std::defer_lock);
    while (!large.try_lock_for(kLongestBlindWait)) {
        if (state->cancel.isCancelled())
            return false;
    }
    return true;
}

std::optional<BlobText> BlobReader::Place::textOf(const git_oid &id, size_t number)
{
    const auto size = static_cast<qsizetype>(git_odb_object_size(object.get()));
    const QByteArrayView bytes(static_cast<const char *>(git_odb_object_data(object.get())), size);
    BlobText text{.id = hexOf(id), .bytes = bytes};
    switch (git_odb_object_type(object.get())) {
    case GIT_OBJECT_BLOB:
        ++state->files;
        if (number < state->paths.size())
            text.path = state->paths[number];
        if (isLfsPointer(bytes, size) && readLfs(text) == Lfs::Media)
            return std::nullopt;
        break;
    case GIT_OBJECT_COMMIT:
    case GIT_OBJECT_TAG: {
        // Names and signatures stand before the empty line.
        const qsizetype head = bytes.indexOf("\n\n");
        const bool isCommit = git_odb_object_type(object.get()) == GIT_OBJECT_COMMIT;
        text.kind = isCommit ? BlobKind::CommitMessage : BlobKind::TagMessage;
        state->noteMessage(id, text.kind);
        notePeople(text.id);
        text.bytes = head < 0 ? QByteArrayView() : bytes.sliced(head + 2);
        break;
    }
    case GIT_OBJECT_TREE:
        noteNames();
        return names.size() >= kNamesATime ? takeNames() : std::nullopt;
    default:
        return std::nullopt;
    }
    state->bytes += text.bytes.size();
    return text;
}

// The file in the place of its pointer. As of git's own, one that is too large is passed over by what it begins with;
// what is not here stays a pointer, and is counted.
BlobReader::Place::Lfs BlobReader::Place::readLfs(BlobText &text)
{
    const auto pointer = parseLfsPointer(text.bytes);
    const bool isTooLarge = pointer && pointer->size > BlobWalk::kLargestBlob;
    const bool isLarge = pointer && pointer->size > BlobWalk::kLargeBlob && !isTooLarge;
    if (pointer && (!isLarge || waitForRoom())) {
        const qint64 most = isTooLarge ? static_cast<qint64>(kDecidesForm) : BlobWalk::kLargestBlob;
        auto file = readLfsFile(repository, *pointer, most, state->cancel);
        if (file && !isTooLarge) {
            lfsFile = std::move(*file);
            text.bytes = QByteArrayView(lfsFile.data(), static_cast<qsizetype>(lfsFile.size()));
            return Lfs::Read;
        }
        if (file && isPassedOver(viewOf(*file), text.path)) {
            ++state->largeMedia;
            return Lfs::Media;
        }
    }
    text.kind = BlobKind::LfsPointer;
    ++state->lfsPointers;
    return Lfs::NotHere;
}

std::optional<WipedBytes> BlobReader::Place::earlierLfs(QByteArrayView pointer) const
{
    const auto parsed = parseLfsPointer(pointer);
    return parsed ? readLfsFile(repository, *parsed, BroughtLines::kMostBytes, state->cancel) : std::nullopt;
}

// One whose beginning tells that it is a picture, a film or their like is passed over as a smaller one is.
void BlobReader::Place::noteLarge(const git_oid &id, qint64 size, size_t number)
{
    const QByteArray path = number < state->paths.size() ? state->paths[number] : QByteArray();
    const LargeFile file =
        lookAtLargeFile({.id = id, .size = size, .path = path}, odb.get(), repository, state->cancel);
    if (!file.isMedia) {
        state->noteTooLarge(id, file.path);
        return;
    }
    ++state->files;
    ++state->largeMedia;
}

std::optional<BlobText> BlobReader::Place::read(size_t number)
{
    const git_oid &id = state->ids.at(static_cast<quint32>(number));
    size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (git_odb_read_header(&size, &type, odb.get(), &id) < 0) {
        state->noteUnreadable(QString::fromLatin1(hexOf(id)));
        return std::nullopt;
    }
    if (type == GIT_OBJECT_TREE && !state->readsNames)
        return std::nullopt;
    if (size > size_t(BlobWalk::kLargestBlob)) {
        if (type == GIT_OBJECT_BLOB)
            noteLarge(id, static_cast<qint64>(size), number);
        else
            state->noteTooLarge(id, {});
        return std::nullopt;
    }
    if (size > size_t(BlobWalk::kLargeBlob) && !waitForRoom())
        return std::nullopt;
    git_odb_object *opened = nullptr;
    const int code = git_odb_read(&opened, odb.get(), &id);
    object.reset(opened);
    if (code < 0) {
        state->noteUnreadable(QString::fromLatin1(hexOf(id)));
        return std::nullopt;
    }
    return textOf(id, number);
}

std::optional<BlobText> BlobReader::next()
{
    Place &place = *m_place;
    const auto release = [&place] {
        place.object.reset();
        place.lfsFile = {};
        if (place.large.owns_lock())
            place.large.unlock();
    };
    release();
    if (auto text = place.nextText())
        return text;
    if (auto person = place.takePerson())
        return person;
    BlobWalk::State &state = *place.state;
    while (!state.cancel.isCancelled()) {
        if (place.at == place.end) {
            const size_t all = state.ids.size();
            place.at = std::min(state.nextId.fetch_add(kObjectsATime), all);
            place.end = std::min(place.at + kObjectsATime, all);
            if (place.at == place.end)
                return place.takeNames();
        }
        place.last = place.at++;
        auto text = place.read(place.last);
        ++state.done;
        if (text)
            return text;
        release();
    }
    return std::nullopt;
}

BroughtLines BlobReader::broughtLines(const BlobText &text) const
{
    const BlobWalk::State &state = *m_place->state;
    const auto known = state.earlier.find(static_cast<quint32>(m_place->last));
    if (text.kind != BlobKind::File || known == state.earlier.end())
        return {};
    BroughtLines::Means means{.repository = m_place->repository.handle(),
                              .waitForRoom = [place = m_place.get()] { return place->waitForRoom(); },
                              .token = state.cancel};
    // What came out of Git LFS into git is new there: who clones the repository has it from now on.
    if (!m_place->lfsFile.empty())
        means.readLfs = [&](QByteArrayView pointer) { return m_place->earlierLfs(pointer); };
    return BroughtLines(means, known->second, text.bytes);
}

} // namespace cockpit
