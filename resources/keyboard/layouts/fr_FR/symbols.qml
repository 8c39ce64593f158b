// SPDX-License-Identifier: GPL-3.0-or-later
// The signs are the same in both languages.
import "../parts"

Signs { }
