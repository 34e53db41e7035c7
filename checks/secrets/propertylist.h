// The dictionaries of a binary property list of Apple ("bplist00"): each value behind the key that it is given to. The
// file keeps its objects apart and joins them by number, so that a password does not stand beside its name.
#pragma once

#include "checks/secrets/programstrings.h"

#include <QtGlobal>

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace cockpit {

bool isPropertyList(std::string_view beginning);

// No number in the file is believed: what does not lie in it, or leads there, is left out. Objects that share bytes, or
// are named again and again, are handed out until they are kMostShared times what the file holds, and kFewestWork of a
// small one.
class PropertyList
{
public:
    using Place = ProgramStrings::Place;

    // A whole file, which must outlive it: what joins its objects stands at its end. Of a part of one there is nothing.
    explicit PropertyList(std::string_view bytes);

    // False at the end.
    bool next();
    // A dictionary each, or a part of a large one, a line for each of its texts: "key": "text". Before them stand the
    // keys of the dictionaries that it lies in. Until the next call.
    std::span<const std::string_view> pieces() const { return m_pieces; }
    // Of a part of a piece, in the bytes; of what stands in none of them where the text before it ends.
    Place placeOf(size_t piece, size_t start, size_t end) const;

private:
    enum class Kind { Other, Text, WideText, Bytes, Array, Dictionary };
    struct Object
    {
        Kind kind = Kind::Other;
        size_t at = 0; // of what it holds
        size_t count = 0;
    };
    // The text to take.
    struct Cursor
    {
        size_t object = 0;
        size_t member = 0;  // of the dictionary
        size_t element = 0; // of the row that the member has
    };
    struct Owner
    {
        size_t dictionary = 0;
        size_t key = 0;
    };
    struct Run
    {
        size_t from = 0; // in m_text
        size_t at = 0;   // in the bytes
        size_t letters = 0;
        size_t width = 1; // bytes of a letter
    };
    struct Piece
    {
        size_t from = 0; // in m_text
        size_t length = 0;
    };

    quint64 number(size_t at, size_t size) const; // there are so many bytes
    bool readTrailer();
    Object object(size_t index) const;
    size_t member(const Object &of, size_t which) const; // the number of an object
    void learnOwners();
    void takeOwner(size_t value, const Owner &owner);
    void takeDictionary();
    void takeMembers(const Object &dictionary);
    void takeValue(const Object &key, const Object &value);
    void addNames(size_t index);
    void addPair(const Object &key, const Object &value);
    void addText(const Object &text);
    void addGlue(std::string_view glue) { m_text += glue; }
    static bool isName(const Object &object) { return isText(object) && object.count <= kLongestName; }
    static bool isText(const Object &object)
    {
        return object.count > 0 && (object.kind == Kind::Text || object.kind == Kind::WideText);
    }
    bool holdsText(const Object &value);
    bool isOver() const { return m_work > m_mostWork; }
    bool isFull() const { return m_text.size() >= kBatch || isOver(); }

    static constexpr size_t kBatch = 1 << 20;
    static constexpr size_t kMostShared = 8;
    static constexpr size_t kFewestWork = 4 << 20;
    static constexpr size_t kMostOwners = 1 << 16;
    static constexpr size_t kMostAround = 4;    // dictionaries, of which the keys are told
    static constexpr size_t kLongestName = 256; // a key

    const std::string_view m_bytes;
    const size_t m_mostWork;
    size_t m_work = 0; // members gone over, and letters
    size_t m_objects = 0;
    size_t m_offsets = 0; // where the table of them begins
    size_t m_offsetBytes = 0;
    size_t m_numberBytes = 0;         // of an object's number
    std::map<size_t, Owner> m_owners; // of dictionaries, alone or in a row
    Cursor m_next;
    WipedBytes m_text;
    std::vector<Run> m_runs;
    std::vector<Piece> m_found;
    std::vector<std::string_view> m_pieces;
};

} // namespace cockpit
