#pragma once
#include <string_view>

namespace splot::world {

/// Somebody of the demonstration, by the login that they enter with.
struct Who {
    std::string_view login;
};

// Zespół PZK. In brackets the institution's short name.
inline constexpr Who ewa{"ewa.zawadzka"};        ///< animator (PCPR, which leads)
inline constexpr Who adam{"adam.krol"};          ///< member (PCPR); works in the town's team too
inline constexpr Who danuta{"danuta.olszewska"}; ///< head (PCPR)
inline constexpr Who wanda{"wanda.rogalska"};    ///< supervisor (a guest under PCPR)
inline constexpr Who rafal{"rafal.sikora"};      ///< head (GOPS Lipniki)
inline constexpr Who marta{"marta.wilk"};        ///< animator (GOPS Lipniki)
inline constexpr Who aleksandra{"aleksandra.mazur"};
inline constexpr Who teresa{"teresa.golab"};   ///< head (GOPS Zaborze)
inline constexpr Who izabela{"izabela.wrona"}; ///< animator (GOPS Zaborze)
inline constexpr Who hanna{"hanna.bak"};       ///< contact person (GOPS Zaborze)
inline constexpr Who lena{"lena.pawlak"};      ///< member (GOPS Zaborze)
inline constexpr Who jan{"jan.kozak"};         ///< joined thirteen days ago (Starostwo)
inline constexpr Who grzegorz{"grzegorz.zak"}; ///< head (PUP)
inline constexpr Who nina{"nina.gajda"};       ///< contact person (PUP)
inline constexpr Who pawel{"pawel.sroka"};     ///< head (Policja)
inline constexpr Who tomasz{"tomasz.borek"};   ///< contact person (Policja)
inline constexpr Who filip{"filip.orzech"};    ///< member (SPZOZ)
inline constexpr Who krystyna{"krystyna.jablonska"};
inline constexpr Who sylwia{"sylwia.zajac"}; ///< head (WTZ i ŚDS), in both teams (D-08)
// The town's team only.
inline constexpr Who olga{"olga.nowicka"};          ///< animator (MOPS)
inline constexpr Who robert{"robert.czajka"};       ///< member (MOPS)
inline constexpr Who katarzyna{"katarzyna.lipska"}; ///< head (MOPS)

inline constexpr Who administrator{"administrator"};

inline constexpr std::string_view pzk = "PZK Trzyrzecze – Lipniki – Zaborze (demo)";
inline constexpr std::string_view miasto = "PZK Miasto Trzyrzecze (demo)";

} // namespace splot::world
