import { ding2022 } from "./Ding2022/index"
import { duan2023 } from "./Duan2023/index"
import { ma2024 } from "./Ma2024/index"
import type { Paper } from "./paper"
import { wang2023 } from "./Wang2023/index"
import { zhang2021 } from "./Zhang2021/index"

/** All papers, in the order in which they are printed. */
export const papers: readonly Paper[] = [ma2024, wang2023, ding2022, duan2023, zhang2021]
