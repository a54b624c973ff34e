/** Constants that kernels load from memory, which begins with them. */

/** A constant in memory: V8 takes one instruction to load it, but up to seven for one in the code, at every use. */
// @ts-ignore: decorator
@inline
export function number(constant: usize): v128 {
  return v128.load32_splat(constant);
}

/** The first byte behind the constants of all kernels. */
export function constantsEnd(): i32 {
  return <i32>__heap_base;
}
