#!/usr/bin/python3
"""Pours the zones of a KiCad board: nothing but KiCad's own scripting can. Usage: fill.py board.kicad_pcb"""
import sys

import pcbnew

board = pcbnew.LoadBoard(sys.argv[1])
pcbnew.ZONE_FILLER(board).Fill(board.Zones())
pcbnew.SaveBoard(sys.argv[1], board)
