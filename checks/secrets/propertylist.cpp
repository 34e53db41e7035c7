#include "checks/secrets/propertylist.h"

#include "checks/secrets/textform.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

// Apple's CFBinaryPList.c: eight bytes that say what it is, the objects, the table of where each begins, and 32 bytes
// that say where that is: 6 of no use here, the size of its entries, the size of an object's number, and in eight bytes
// each how many objects there are, which one holds the others, and where the table begins.
constexpr auto kMark = "bplist00"sv;
constexpr size_t kTrailer = 32;
constexpr size_t kNumber = 8;

// What may stand around a text: a quote that is in it would end it.
std::string_view quoteFor(std::string_view text)
{
    for (const std::string_view quote : {"\""sv, "'"sv, "`"sv}) {
        if (text.find(quote) == std::string_view::npos)
            return quote;
    }
    return {};
}

} // namespace

bool isPropertyList(std::string_view beginning)
{
    return beginning.starts_with(kMark);
}

PropertyList::PropertyList(std::string_view bytes)
    : m_bytes(bytes), m_mostWork(std::max(kMostShared * bytes.size(), kFewestWork))
{
    if (!isPropertyList(m_bytes) || !readTrailer())
        m_objects = 0;
    learnOwners();
}

quint64 PropertyList::number(size_t at, size_t size) const
{
    quint64 value = 0;
    for (const char c : m_bytes.substr(at, size))
        value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

bool PropertyList::readTrailer()
{
    if (m_bytes.size() < kMark.size() + kTrailer)
        return false;
    const size_t trailer = m_bytes.size() - kTrailer;
    m_offsetBytes = number(trailer + 6, 1);
    m_numberBytes = number(trailer + 7, 1);
    const quint64 objects = number(trailer + 8, kNumber);
    const quint64 offsets = number(trailer + 24, kNumber);
    const bool hasSizes =
        m_offsetBytes >= 1 && m_offsetBytes <= kNumber && m_numberBytes >= 1 && m_numberBytes <= kNumber;
    if (!hasSizes || offsets < kMark.size() || offsets > trailer || objects > (trailer - offsets) / m_offsetBytes)
        return false;
    m_objects = objects;
    m_offsets = offsets;
    return true;
}

// Other: also for what is none, or does not end before the table.
PropertyList::Object PropertyList::object(size_t index) const
{
    if (index >= m_objects)
        return {};
    const quint64 begin = number(m_offsets + index * m_offsetBytes, m_offsetBytes);
    if (begin < kMark.size() || begin >= m_offsets)
        return {};
    const auto mark = static_cast<unsigned char>(m_bytes[begin]);
    size_t at = begin + 1;
    quint64 count = mark & 0x0f;
    if (count == 0x0f) { // a whole number behind it says how many
        const auto size = at < m_offsets ? static_cast<unsigned char>(m_bytes[at]) : 0;
        const size_t bytes = size_t(1) << (size & 0x0f);
        if (size >> 4 != 1 || bytes > kNumber || bytes >= m_offsets - at)
            return {};
        count = number(at + 1, bytes);
        at += 1 + bytes;
    }
    const auto holding = [&](Kind kind, size_t bytes) {
        return count <= (m_offsets - at) / bytes ? Object{kind, at, static_cast<size_t>(count)} : Object();
    };
    switch (mark >> 4) {
    case 0x4:
        return holding(Kind::Bytes, 1);
    case 0x5: // ASCII
    case 0x7: // UTF-8
        return holding(Kind::Text, 1);
    case 0x6:
        return holding(Kind::WideText, 2);
    case 0xa:
    case 0xc: // a set
        return holding(Kind::Array, m_numberBytes);
    case 0xd: // all keys, then all values
        return holding(Kind::Dictionary, 2 * m_numberBytes);
    default:
        return {};
    }
}

size_t PropertyList::member(const Object &of, size_t which) const
{
    return number(of.at + which * m_numberBytes, m_numberBytes);
}

// Of bytes, that a program keeps a text in: they are gone over each time.
bool PropertyList::holdsText(const Object &value)
{
    if (value.kind != Kind::Bytes)
        return isText(value);
    m_work += value.count;
    return value.count > 0 &&
           std::ranges::all_of(m_bytes.substr(value.at, value.count), [](char c) { return c >= 0x20 && c < 0x7f; });
}

void PropertyList::learnOwners()
{
    for (size_t index = 0; index < m_objects && !isOver(); ++index) {
        ++m_work;
        const Object found = object(index);
        if (found.kind != Kind::Dictionary)
            continue;
        m_work += found.count;
        for (size_t i = 0; i < found.count; ++i)
            takeOwner(member(found, found.count + i), {index, member(found, i)});
    }
    m_work = 0;
}

// The first that names a dictionary has it.
void PropertyList::takeOwner(size_t value, const Owner &owner)
{
    const Object held = object(value);
    if (held.kind == Kind::Dictionary && m_owners.size() < kMostOwners)
        m_owners.try_emplace(value, owner);
    if (held.kind != Kind::Array)
        return;
    m_work += held.count;
    for (size_t i = 0; i < held.count && !isOver(); ++i) {
        const size_t one = member(held, i);
        if (m_owners.size() < kMostOwners && object(one).kind == Kind::Dictionary)
            m_owners.try_emplace(one, owner);
    }
}

bool PropertyList::next()
{
    m_text.clear();
    m_runs.clear();
    m_found.clear();
    m_pieces.clear();
    while (m_next.object < m_objects && !isFull())
        takeDictionary();
    m_pieces.reserve(m_found.size());
    for (const Piece &piece : m_found)
        m_pieces.push_back(std::string_view(m_text).substr(piece.from, piece.length));
    return !m_pieces.empty();
}

PropertyList::Place PropertyList::placeOf(size_t piece, size_t start, size_t end) const
{
    const size_t from = m_found[piece].from + start;
    const Run &run = *std::prev(std::ranges::upper_bound(m_runs, from, {}, &Run::from));
    const size_t skipped = std::min(from - run.from, run.letters);
    const size_t at = run.at + run.width * skipped;
    return {at, at + run.width * std::min(end - start, run.letters - skipped)};
}

// Or what there is room for, a text of it at least: the rest is for the next time.
void PropertyList::takeDictionary()
{
    ++m_work;
    const size_t index = m_next.object;
    const Object dictionary = object(index);
    if (dictionary.kind == Kind::Dictionary && dictionary.count > 0) {
        const size_t from = m_text.size();
        const size_t runs = m_runs.size();
        m_runs.push_back({.from = from, .at = dictionary.at, .letters = 0});
        addNames(index);
        const size_t named = m_text.size();
        takeMembers(dictionary);
        if (m_text.size() > named) {
            m_found.push_back({from, m_text.size() - from});
        } else {
            m_text.resize(from);
            m_runs.resize(runs);
        }
        if (m_next.member < dictionary.count)
            return;
    }
    m_next = {.object = index + 1};
}

void PropertyList::takeMembers(const Object &dictionary)
{
    do {
        ++m_work;
        const Object key = object(member(dictionary, m_next.member));
        if (isName(key))
            takeValue(key, object(member(dictionary, dictionary.count + m_next.member)));
        m_next.member += m_next.element == 0 ? 1 : 0;
    } while (m_next.member < dictionary.count && !isFull());
}

// Leaves the element to go on with; 0: there is none.
void PropertyList::takeValue(const Object &key, const Object &value)
{
    if (value.kind != Kind::Array) {
        addPair(key, value);
        return;
    }
    while (m_next.element < value.count) {
        ++m_work;
        addPair(key, object(member(value, m_next.element++)));
        if (isFull())
            break;
    }
    if (m_next.element >= value.count)
        m_next.element = 0;
}

// The nearest last: what is near a value is near its name.
void PropertyList::addNames(size_t index)
{
    std::vector<Object> names;
    auto owner = m_owners.find(index);
    for (size_t i = 0; i < kMostAround && owner != m_owners.end(); ++i) {
        if (const Object name = object(owner->second.key); isName(name))
            names.push_back(name);
        owner = m_owners.find(owner->second.dictionary);
    }
    for (auto name = names.crbegin(); name != names.crend(); ++name) {
        addText(*name);
        addGlue(":\n");
    }
}

void PropertyList::addPair(const Object &key, const Object &value)
{
    if (!holdsText(value))
        return;
    addGlue("\"");
    addText(key);
    addGlue("\": ");
    const size_t bytes = value.kind == Kind::WideText ? 2 * value.count : value.count;
    const std::string_view quote = quoteFor(m_bytes.substr(value.at, bytes));
    addGlue(quote);
    addText(value);
    addGlue(quote);
    addGlue("\n");
}

void PropertyList::addText(const Object &text)
{
    const size_t width = text.kind == Kind::WideText ? 2 : 1;
    const size_t from = m_text.size();
    m_work += width * text.count;
    m_text += m_bytes.substr(text.at, width * text.count);
    if (width == 2)
        m_text.resize(from + narrowUtf16(m_text.data() + from, 2 * text.count, TextForm::Utf16BigEndian));
    m_runs.push_back({.from = from, .at = text.at, .letters = m_text.size() - from, .width = width});
}

} // namespace cockpit
