//! C, and what was made from it.

use crate::highlight::Language;
use crate::highlight::program::*;

pub(super) static LANGUAGES: [Language; 11] = [
    Language::program("C", "c h", &C),
    Language::program("C++", "cpp c++ cxx cc hpp hh hxx h++ ino arduino", &CPP),
    Language::program("CUDA", "cuda cu cuh", &CPP),
    Language::program("C#", "csharp cs c# csx", &CSHARP),
    Language::program("Objective-C", "objectivec objective-c objc obj-c m mm", &OBJECTIVE_C),
    Language::program("D", "d dlang di", &D),
    Language::program("GLSL", "glsl vert frag geom comp", &GLSL),
    Language::program("HLSL", "hlsl fx cginc shaderlab", &HLSL),
    Language::program("WGSL", "wgsl", &WGSL),
    Language::program("Metal", "metal", &CPP),
    Language::program("Solidity", "solidity sol", &SOLIDITY),
];

pub(super) const SLASHES: Program = Program {
    line: &["//"],
    block: &[Block::new("/*", "*/")],
    quotes: &[Quote::line("\"")],
    features: CHARACTERS | CALLS,
    ..Program::PLAIN
};

static C: Program = Program {
    keywords: "_Alignas _Alignof _Atomic _Generic _Noreturn _Static_assert _Thread_local alignas \
        alignof asm auto break case const constexpr continue default do else extern for goto if \
        inline register restrict return signed sizeof static switch thread_local typedef typeof \
        unsigned volatile while",
    types: "enum struct union",
    known_types: "FILE _Bool bool char char16_t char32_t clock_t double float int int16_t int32_t \
        int64_t int8_t intmax_t intptr_t long off_t pid_t ptrdiff_t short size_t ssize_t time_t \
        uint16_t uint32_t uint64_t uint8_t uintmax_t uintptr_t va_list void wchar_t",
    literals: "NULL false nullptr true",
    prefixes: "L u8 u U",
    features: SLASHES.features | DIRECTIVES | CONSTANTS | CAPITAL_CALLS | DIGIT_TICKS,
    ..SLASHES
};

static CPP: Program = Program {
    keywords: "__device__ __global__ __host__ __shared__ alignas alignof and asm auto break case \
        catch co_await co_return co_yield const const_cast consteval constexpr constinit continue \
        decltype default delete do dynamic_cast else explicit export extern final for friend goto \
        if import inline module mutable new noexcept not operator or override private protected \
        public register reinterpret_cast requires return sizeof static static_assert static_cast \
        switch template this thread_local throw try typedef typeid unsigned using virtual volatile \
        while xor signed",
    types: "class concept enum namespace struct typename union",
    known_types: "bool char char16_t char32_t char8_t deque double float int int16_t int32_t \
        int64_t int8_t intptr_t list long map multimap optional pair ptrdiff_t set shared_ptr \
        short size_t ssize_t string string_view tuple uint16_t uint32_t uint64_t uint8_t \
        uintptr_t unique_ptr unordered_map unordered_set variant vector void wchar_t",
    literals: "NULL false nullptr true",
    prefixes: "L u8 u U R LR u8R uR UR",
    features: SLASHES.features
        | DIRECTIVES
        | CONSTANTS
        | CAPITAL_TYPES
        | CAPITAL_CALLS
        | PAREN_STRINGS
        | DIGIT_TICKS,
    ..SLASHES
};

static CSHARP: Program = Program {
    keywords: "abstract add alias as ascending async await base break by case catch checked const \
        continue default delegate descending do else event explicit extern file finally fixed \
        for foreach from get global goto group if implicit in init internal into is join let lock \
        managed nameof not on operator or orderby out override params partial private protected \
        public readonly ref remove required return scoped sealed select set sizeof stackalloc \
        static switch this throw try typeof unchecked unmanaged unsafe using value var virtual \
        volatile when where while with yield",
    types: "class enum interface namespace new record struct",
    known_types: "bool byte char decimal double dynamic float int long nint nuint object sbyte \
        short string uint ulong ushort void",
    literals: "false null true",
    quotes: &[
        Quote::raw("$\"\"\"", "\"\"\"").with_code(&[("{", "}")]),
        Quote::raw("\"\"\"", "\"\"\""),
        Quote { open: "$@\"", inside: &[("{", "}")], lines: true, ..Quote::doubled("\"") },
        Quote { open: "@$\"", inside: &[("{", "}")], lines: true, ..Quote::doubled("\"") },
        Quote { open: "@\"", lines: true, ..Quote::doubled("\"") },
        Quote { open: "$\"", inside: &[("{", "}")], ..Quote::line("\"") },
        Quote::line("\""),
    ],
    features: SLASHES.features | DIRECTIVES | CAPITAL_TYPES | CAPITAL_CALLS,
    ..SLASHES
};

static OBJECTIVE_C: Program = Program {
    keywords: "IBAction IBOutlet __block __bridge __strong __weak assign atomic auto break case \
        const continue copy default do else extern for goto if in inline nonatomic nonnull \
        nullable out readonly readwrite register retain return self sizeof static strong super \
        switch typedef unsigned volatile weak while signed",
    types: "enum struct union",
    known_types: "BOOL Class IMP SEL bool char double float id instancetype int long short void",
    literals: "FALSE NO NULL TRUE YES nil",
    quotes: &[Quote { open: "@\"", ..Quote::line("\"") }, Quote::line("\"")],
    features: SLASHES.features | DIRECTIVES | ANNOTATIONS | CAPITAL_TYPES | CAPITAL_CALLS,
    ..SLASHES
};

static D: Program = Program {
    keywords: "abstract alias align asm assert auto body break case cast catch const continue \
        debug default delegate delete deprecated do else export extern final finally for foreach \
        foreach_reverse function goto if immutable import in inout invariant is lazy mixin module \
        new nothrow out override package pragma private protected public pure ref return scope \
        shared static super switch synchronized template this throw try typeid typeof unittest \
        version while with",
    types: "class enum interface struct union",
    known_types: "bool byte char dchar double float int long real short string size_t ubyte uint \
        ulong ushort void wchar",
    literals: "false null true",
    block: &[Block::new("/+", "+/"), Block::new("/*", "*/")],
    quotes: &[Quote::lines("\""), Quote::raw("`", "`")],
    prefixes: "r q x",
    features: SLASHES.features | ANNOTATIONS | CAPITAL_TYPES | NESTED_COMMENTS,
    ..SLASHES
};

static GLSL: Program = Program {
    keywords: "attribute break buffer case centroid const continue default discard do else flat \
        for highp if in inout invariant layout lowp mediump noperspective out precision readonly \
        return shared smooth switch uniform varying volatile while writeonly",
    types: "struct",
    known_types: "bool bvec2 bvec3 bvec4 double dvec2 dvec3 dvec4 float int ivec2 ivec3 ivec4 mat2 \
        mat3 mat4 sampler2D sampler2DArray sampler3D samplerCube uint uvec2 uvec3 uvec4 vec2 vec3 \
        vec4 void",
    literals: "false true",
    features: CALLS | DIRECTIVES | CONSTANTS,
    ..SLASHES
};

static HLSL: Program = Program {
    keywords: "break case cbuffer centroid const continue default discard do else extern false for \
        groupshared if in inline inout linear nointerpolation out packoffset pass register return \
        sample shared static switch tbuffer technique typedef uniform volatile while",
    types: "class interface namespace struct",
    known_types: "Buffer RWBuffer RWTexture2D SamplerState Texture2D Texture3D TextureCube bool \
        double float float2 float3 float3x3 float4 float4x4 half half2 half3 half4 int int2 int3 \
        int4 matrix min16float uint uint2 uint3 uint4 vector void",
    literals: "NULL false true",
    features: CALLS | DIRECTIVES | CONSTANTS,
    ..SLASHES
};

static WGSL: Program = Program {
    keywords: "alias break case const const_assert continue continuing default diagnostic discard \
        else enable for if let loop override requires return switch var while",
    functions: "fn",
    types: "struct",
    known_types: "array atomic bool f16 f32 i32 mat2x2f mat3x3f mat4x4 mat4x4f ptr sampler \
        texture_2d texture_storage_2d u32 vec2 vec2f vec2u vec3 vec3f vec3u vec4 vec4f vec4u",
    literals: "false true",
    features: CALLS | ANNOTATIONS | NESTED_COMMENTS | CAPITAL_TYPES,
    ..SLASHES
};

static SOLIDITY: Program = Program {
    keywords: "abstract anonymous as assembly assert break calldata case catch constant \
        constructor continue delete do else emit external fallback for from if immutable import \
        indexed internal is let memory override payable pragma private public pure receive return \
        returns revert storage super switch this throw transient try unchecked using view virtual \
        while",
    functions: "function modifier event error",
    types: "contract enum interface library new struct type",
    known_types: "address bool byte bytes bytes1 bytes20 bytes32 bytes4 fixed int int128 int256 \
        int64 int8 mapping string ufixed uint uint128 uint16 uint256 uint32 uint64 uint8",
    literals: "days ether false gwei hours minutes seconds true weeks wei",
    quotes: &[Quote::line("\""), Quote::line("'")],
    features: CALLS | CAPITAL_TYPES | CONSTANTS | CAPITAL_CALLS,
    ..SLASHES
};
