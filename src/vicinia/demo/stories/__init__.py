"""Case stories of Borgo Vicino: complete, in every stage, told as dated acts that the real actions can carry out."""

from vicinia.demo.stories.again import AGAIN, STILL_TO_ASK
from vicinia.demo.stories.homes import HOMES
from vicinia.demo.stories.neighbours import NEIGHBOURS
from vicinia.demo.stories.pacts import PACTS
from vicinia.demo.stories.persons import PERSONS
from vicinia.demo.stories.places import PLACES
from vicinia.demo.stories.shapes import VERBS, Act, Part, Story
from vicinia.demo.stories.sheets import SHEETS, Thinking

STORIES: tuple[Story, ...] = (NEIGHBOURS, *HOMES, *PLACES, *PERSONS, *AGAIN, *PACTS)

__all__ = ["NEIGHBOURS", "SHEETS", "STILL_TO_ASK", "STORIES", "VERBS", "Act", "Part", "Story", "Thinking"]
