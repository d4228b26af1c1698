from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "vicinia.domain.reviews"
    label = "reviews"
