"""The log of a team: who read, took out, decided or changed what. audit.record() adds to it."""

from accounts.audit.log import Action, faults_of, record, record_in_each

__all__ = ["Action", "faults_of", "record", "record_in_each"]
