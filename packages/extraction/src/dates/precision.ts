import type { datePrecision } from "@newsledger/core";
import type { z } from "zod";

export type DatePrecision = z.output<typeof datePrecision>;
